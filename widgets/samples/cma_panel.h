#pragma once
// Page or dock "CMA": how a missing modality is imagined. Latent, draws, substitute against truth, walk between two
// draws.
#include <QWidget>

#include <memory>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

class CmaPanel : public QWidget {
    Q_OBJECT
public:
    explicit CmaPanel(QWidget* parent = nullptr);
    ~CmaPanel() override;

    // What was imagined, at most one trace per direction; empty = the empty state. `modelSlot` 1..6.
    void setTraces(std::vector<CmaTrace> traces, int modelSlot = 1, const QString& modelLabel = {});
    // Of the clip. A model that thinks in longer steps gives traces with fewer frames; they are spread over the clip's.
    // frames 0 = as many as the trace has.
    void setTime(double rateHz, int frames = 0);
    void setAvailability(const Availability& availability); // where each direction is imagined
    void setDisplayedSample(int sample);                    // 0-based
    void setModels(const std::vector<std::pair<int, QString>>& models,
                   int current); // slot and label of the models one can choose

    // Controls; setters do not signal.
    void setTemperature(double temperature); // 0 .. 2
    void setPerFrameDraws(bool perFrame);
    void setSeed(quint64 seed);
    void setSeedLocked(bool locked);
    double temperature() const;
    bool perFrameDraws() const;
    quint64 seed() const;
    bool seedLocked() const;
    void chooseDirection(Modality imagined);
    Modality direction() const;
    // The latent the walk stands on: (1 - share) * A + share * B, kept at the length of a draw.
    std::vector<float> walkLatent() const;
    void setWalk(int drawA, int drawB, double share); // 0-based draws; signals like the slider
    QString agreementSentence() const;                // "Mean cosine 0.88 ..."; empty without truth

    void exportTo(const QString& path) const; // PNG, SVG or PDF of the whole panel. Throws emc::Error.

public slots:
    void setPlayhead(int frame);

signals:
    void modelChosen(int index);
    void directionChanged(emc::Modality imagined);
    void temperatureChanged(double temperature);
    void perFrameDrawsChanged(bool perFrame);
    void seedLockChanged(bool locked);
    void seedChanged(quint64 seed);
    void newDrawsRequested();
    void latentChosen(const std::vector<float>& latent); // live while the slider moves
    void walkEnded();                                    // the walk was reset: go back to the plain draw
    void sampleChosen(int sample);                       // a draw was clicked
    void seekRequested(int frame);
    void truthRequested(); // "Compare with the truth" was pressed

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
