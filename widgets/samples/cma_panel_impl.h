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

class QHBoxLayout;

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
    int slot = 1, displayed = 0, playhead = 0, walkA = 0, walkB = 1;
    double rateHz = 25, share = 0;
    bool walking = false, filling = false, wide = false, arranged = false;

    QStackedLayout* stack = nullptr;
    QLabel* empty = nullptr;
    QLabel* emptyIcon = nullptr;
    QScrollArea* scroll = nullptr;
    QWidget* cards = nullptr;
    QWidget* controls = nullptr;
    QGridLayout *grid = nullptr, *controlGrid = nullptr;
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
    std::vector<QWidget*> controlGroups;

    const CmaTrace* trace() const {
        for (const CmaTrace& t : traces)
            if (t.imagined == imagined) return &t;
        return nullptr;
    }
    std::vector<FrameSpan> spans() const {
        const CmaTrace* t = trace();
        return t ? normalisedSpans(imagined == Modality::Speech ? availability.speechMissing : availability.faceMissing,
                                   t->frames)
                 : std::vector<FrameSpan>();
    }
    // The imagined part to look at: where the playhead stands, else the first, else everything.
    FrameSpan shownSpan() const;
    QColor colour(const Theme& theme) const { return imagined == Modality::Speech ? theme.speech : theme.face; }

    void build();
    void buildControls();
    Card makeCard(const QString& title);
    void arrange();
    void refresh();
    void refreshLatent(int index);
    void refreshWalk();
    void refreshPlayhead();
    void refreshAgreement();
    void applyTheme();
    void applyLock();
};

} // namespace emc
