#pragma once
// 24 px at the bottom: state of the session at the left, state of the machine at the right.
#include <QWidget>

class QLabel;

namespace emc {

class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setSession(const QString& text, bool saved);
    void setFrame(const QString& text);
    void setClip(const QString& text);
    void setSound(const QString& text);

protected:
    void timerEvent(QTimerEvent*) override;
    void paintEvent(QPaintEvent*) override;

private:
    void refreshMachine();
    QLabel *m_session, *m_frame, *m_clip, *m_machine, *m_sound;
    bool m_saved = true;
};

} // namespace emc
