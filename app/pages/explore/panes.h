#pragma once
// The panes of Explore: the speaker's video, a listener per model, the real listener. Each has a header of 32 px and
// chips over its picture.
#include <QFrame>
#include <QImage>

#include "app/pages/explore/face_canvas.h"
#include "widgets/common/controls.h"

class QLabel;

namespace emc {

class PaneFrame : public QFrame {
    Q_OBJECT
public:
    explicit PaneFrame(QWidget* parent = nullptr);
    void setTitle(const QString& title, const QString& note);
    void setBody(QWidget* body);
    QWidget* body() const { return m_body; }

    TextChip *stateChip, *valueChip; // top left, bottom left

protected:
    void resizeEvent(QResizeEvent* event) override;
    void placeChips();
    class QHBoxLayout* m_header;
    QLabel *m_title, *m_note;
    QWidget* m_body = nullptr;
};

// The video (or a sentence why there is none), cropped to fill.
class SpeakerPane : public PaneFrame {
    Q_OBJECT
public:
    explicit SpeakerPane(QWidget* parent = nullptr);
    void setImage(const QImage& image);
    void setEmpty(const QString& sentence);
    void setMissing(bool faceMissing); // hatched over, the frame dimmed: the model does not see it
    bool hasImage() const;

private:
    class Picture;
    Picture* m_picture;
};

class ListenerPane : public PaneFrame {
    Q_OBJECT
public:
    // slot 0..5, or -1 for the real listener
    ListenerPane(int slot, FaceCanvas* canvas, QWidget* parent = nullptr);
    FaceCanvas* canvas() const { return m_canvas; }
    void setSlotIndex(int slot);
    // A sentence in place of the face; empty shows the face. `details` can be looked at and copied.
    void setSentence(const QString& sentence, const QString& details = {});
    void setBusy(bool busy, bool first); // a thin bar; `first`: nothing to show yet

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    FaceCanvas* m_canvas;
    SlotChip* m_chip;
    QWidget* m_cover;
    class FaultText* m_sentence;
    class Button* m_details;
    class BusyLine* m_busy;
    QString m_whole;
};

// A line of 3 px that says that something is being computed; moves in steps, does not shimmer.
class BusyLine : public QWidget {
    Q_OBJECT
public:
    explicit BusyLine(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent*) override;
    void timerEvent(QTimerEvent*) override;
    void showEvent(QShowEvent*) override;
    void hideEvent(QHideEvent*) override;

private:
    int m_step = 0, m_timer = 0;
};

} // namespace emc
