#pragma once
// What went wrong, in little room: a sentence that wraps inside long names too and ends in an ellipsis where the room
// ends, and a window that shows everything.
#include <QWidget>

namespace emc {

// Centred, muted. The whole text is its tooltip as long as some of it is not shown.
class FaultText : public QWidget {
    Q_OBJECT
public:
    explicit FaultText(QWidget* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    bool elided() const { return m_elided; }
    QStringList lines() const; // as painted
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override { layOut(); }

private:
    QFont face() const;
    // Lines of the text in `width`; -1: as many as it takes, else the last of at most `most` is elided.
    QStringList wrapped(int width, int most, bool* elided) const;
    void layOut();
    QString m_text;
    QStringList m_lines;
    bool m_elided = false;
};

// Everything of a fault, wrapped and scrollable, to be selected and copied. Returns when it is closed.
void showFault(QWidget* parent, const QString& title, const QString& details);

} // namespace emc
