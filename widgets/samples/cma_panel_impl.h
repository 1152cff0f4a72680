#pragma once
// State of the CMA panel shared by its source files. Internal to this folder.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>

#include <array>

#include "widgets/attention/segment_bar.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/samples/cma_math.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/samples/draws_map.h"
#include "widgets/samples/substitute_view.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

struct CmaPanel::Impl {
    struct Card {
        QFrame* frame = nullptr;
        QLabel *title = nullptr, *note = nullptr;
        QVBoxLayout* body = nullptr;
    };
    struct LatentPlot {
        QComboBox* dim = nullptr;
        QLabel* value = nullptr;
        CurvePlot* plot = nullptr;
    };

    CmaPanel* panel = nullptr;
    std::vector<CmaTrace> traces;
    Availability availability;
    Modality imagined = Modality::Speech;
    QString label;
    int slot = 1, displayed = 0, playhead = 0, clipFrames = 0, walkA = 0, walkB = 1;
    double rateHz = 25, share = 0;
    bool walking = false, filling = false, wide = false, arranged = false, wordy = true;

    QStackedLayout* stack = nullptr;
    QLabel* empty = nullptr;
    QLabel* emptyIcon = nullptr;
    QScrollArea* scroll = nullptr;
    QWidget* cards = nullptr;
    QWidget* controls = nullptr;
    QGridLayout* grid = nullptr;
    Card latent, draws, substitute, agreement;
    std::array<LatentPlot, 2> plots;
    DrawsMap* map = nullptr;
    SubstituteView* maps = nullptr;
    CurvePlot *cosine = nullptr, *l2 = nullptr;
    QLabel *sentence = nullptr, *modelLabel = nullptr, *drawLabel = nullptr, *temperatureLabel = nullptr,
           *seedLabel = nullptr, *walkLabel = nullptr, *shareLabel = nullptr;
    QComboBox *modelBox = nullptr, *boxA = nullptr, *boxB = nullptr;
    SegmentBar *directionBar = nullptr, *drawBar = nullptr;
    QSlider *temperatureSlider = nullptr, *walkSlider = nullptr;
    QDoubleSpinBox* temperatureBox = nullptr;
    QLineEdit* seedBox = nullptr;
    QToolButton* lockButton = nullptr;
    QToolButton* walkReset = nullptr;
    QPushButton *newDraws = nullptr, *truthButton = nullptr;
    QWidget* modelGroup = nullptr;

    const CmaTrace* trace() const {
        for (const CmaTrace& t : traces)
            if (t.imagined == imagined) return &t;
        return nullptr;
    }
    // Everything drawn is in steps of the trace: `perStep` frames of the clip, `stepHz` of them a second.
    double perStep() const {
        const CmaTrace* t = trace();
        return t && t->frames > 0 && clipFrames > 0 ? double(clipFrames) / t->frames : 1.0;
    }
    double stepHz() const { return rateHz / perStep(); }
    int stepOf(int frame) const {
        const CmaTrace* t = trace();
        return std::clamp(static_cast<int>(frame / perStep()), 0, std::max(0, (t ? t->frames : 1) - 1));
    }
    std::vector<FrameSpan> spans() const; // what is imagined, in steps
    // The imagined part to look at: where the playhead stands, else the first, else everything.
    FrameSpan shownSpan() const;
    QColor colour(const Theme& theme) const { return imagined == Modality::Speech ? theme.speech : theme.face; }

    void build();
    void buildControls();
    Card makeCard(const QString& title);
    void arrange();
    void nameDraws();
    void refresh();
    void refreshLatent(int index);
    void refreshWalk();
    void refreshPlayhead();
    void refreshAgreement();
    void applyTheme();
    void applyLock();
};

} // namespace emc
