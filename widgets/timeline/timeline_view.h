#pragma once
// The timeline of Explore: ruler, lanes, overview, playhead, missing spans. Look: design theme, sections 4 and 6.
// The widget never changes spans by itself: it asks with spansChangeRequested(); whoever owns them answers with
// setSpans() (through undo).
#include <QStringList>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

#include "core/api/backend.h"
#include "core/api/reactions.h"

namespace emc {

// One coefficient of the K sampled reactions of one model.
struct ReactionCurves {
    int slot = 1;  // 1..6: colour and number chip
    QString label; // "Trans-VAE + EMC"
    int samples = 0, frames = 0;
    std::vector<float> values; // samples x frames
    int displayed = 0;         // the sample drawn strong, 0-based
};

struct TimelineEvent {
    int frame = 0;
    QString text;
};

class TimelineView : public QWidget {
    Q_OBJECT
public:
    enum class Tool {
        Select,
        MakeSpan
    }; // MakeSpan: a drag in a Speech or Face lane makes a missing span (double click and drag does too)
    enum class Lane { Events, Speech, Face, Emotion, Entropy, Reactions };

    explicit TimelineView(QWidget* parent = nullptr);
    ~TimelineView() override;

    // Data. All vectors are per frame of the clip unless said otherwise; setClip() forgets everything else.
    void setClip(int frames, double rateHz);
    void setWaveform(const Waveform& waveform, const QString& caption = {}); // caption: "44.1 kHz, mono mix"
    void setSpeechMuted(bool muted);                                         // header says "muted"
    void setFaceConfidence(std::vector<float> confidence, double threshold = 0.7);
    void setEmotion(std::vector<float> emotion);        // frames x 25
    void setEmotionChannels(std::vector<int> channels); // indices of kEmotionNames; at most 6 are drawn
    std::vector<int> emotionChannels() const;
    void setReactions(std::vector<ReactionCurves> reactions, const QString& quantity, double low = 0,
                      double high = 1);                                         // quantity: "AU12"
    void setRealListener(std::vector<float> values, const QString& label = {}); // empty = none
    void setEntropy(std::vector<float> entropy);                                // 0..1 per frame; empty hides the lane
    void setEvents(std::vector<TimelineEvent> events);                          // markers; empty hides the lane
    void setLoop(std::optional<FrameSpan> loop);

    // Missing spans and the parts of the reaction that rest on imagined input (default: the missing spans of both
    // modalities).
    void setSpans(Modality modality, std::vector<FrameSpan> spans);
    const std::vector<FrameSpan>& spans(Modality modality) const;
    void setImagined(std::vector<FrameSpan> spans, const QString& words = {});
    void setImaginedFromSpans(const QString& words = {});

    int playhead() const;
    int frames() const;
    double rateHz() const;
    void setLaneVisible(Lane lane, bool visible);
    bool laneVisible(Lane lane) const;
    void setTool(Tool tool);
    Tool tool() const;
    void setFollowPlayhead(bool follow);
    void setCompact(bool compact); // 1280 wide and below: header 140, no captions

    // The selected span, for Del and for "missing span from the selection".
    struct Selection {
        Modality modality = Modality::Speech;
        int index = -1;
    };
    std::optional<Selection> selectedSpan() const;
    void selectSpan(std::optional<Selection> selection);
    bool deleteSelectedSpan(); // asks with spansChangeRequested; false when nothing is selected

    // Where a lane's drawing area lies in widget pixels (tests, tutorials); empty when hidden.
    QRect laneRect(Lane lane) const;
    QRect rulerRect() const;
    QRect overviewRect() const;
    double xOfFrame(double frame) const; // widget pixels
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void setPlayhead(int frame); // no signal; costs one blit and one line
    void zoomIn();
    void zoomOut();
    void showAll();
    void setView(double firstFrame, double lastFrame);

signals:
    void playheadChanged(int frame); // by the user
    void scrubbing(bool active);     // a drag of the playhead began or ended
    void spansChangeRequested(emc::Modality modality, const std::vector<emc::FrameSpan>& before,
                              const std::vector<emc::FrameSpan>& after);
    void spanSelectionChanged();
    void viewChanged(double firstFrame, double lastFrame);
    void eventActivated(int index);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override; // Tab walks through the spans first

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
