// Widgets of the CMA panel: control strip, four cards, empty state; two columns when wide, one when narrow.
#include <QHBoxLayout>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/common/controls.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/samples/cma_panel_impl.h"

namespace emc {

CmaPanel::Impl::Card CmaPanel::Impl::makeCard(const QString& title) {
    Card card;
    card.frame = new QFrame(cards);
    card.frame->setProperty("panel", true);
    auto* outer = new QVBoxLayout(card.frame);
    outer->setContentsMargins(12, 8, 12, 10);
    outer->setSpacing(4);
    auto* line = new QHBoxLayout;
    card.title = makeLabel(title, "card", card.frame);
    card.note = makeLabel({}, "caption", card.frame);
    card.note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(card.title);
    line->addWidget(card.note, 1);
    outer->addLayout(line);
    card.body = new QVBoxLayout;
    card.body->setSpacing(2);
    outer->addLayout(card.body, 1);
    return card;
}

void CmaPanel::Impl::buildControls() {
    controls = new QWidget(panel);
    auto* flow = new FlowLayout(16, 4, controls);
    flow->setContentsMargins(12, 6, 12, 6);
    const auto group = [&](std::initializer_list<QWidget*> parts) {
        auto* box = new QWidget(controls);
        auto* line = new QHBoxLayout(box);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        for (QWidget* part : parts) line->addWidget(part);
        flow->addWidget(box);
        return box;
    };
    modelBox = new QComboBox(controls);
    modelBox->setAccessibleName(CmaPanel::tr("Model"));
    directionBar = new SegmentBar(controls);
    directionBar->setAccessibleName(CmaPanel::tr("Direction"));
    directionBar->setItems({CmaPanel::tr("speech \u2190 face"), CmaPanel::tr("face \u2190 speech")});
    drawBar = new SegmentBar(controls);
    drawBar->setAccessibleName(CmaPanel::tr("Draw"));
    drawBar->setItems({CmaPanel::tr("per clip"), CmaPanel::tr("per frame")});
    temperatureSlider = new QSlider(Qt::Horizontal, controls);
    temperatureSlider->setRange(0, 200);
    temperatureSlider->setValue(100);
    temperatureSlider->setFixedWidth(60);
    temperatureSlider->setAccessibleName(CmaPanel::tr("Temperature"));
    temperatureBox = new QDoubleSpinBox(controls);
    temperatureBox->setRange(0, 2);
    temperatureBox->setDecimals(2);
    temperatureBox->setSingleStep(0.05);
    temperatureBox->setValue(1);
    temperatureBox->setButtonSymbols(QAbstractSpinBox::NoButtons);
    temperatureBox->setAlignment(Qt::AlignRight);
    temperatureBox->setFixedWidth(50);
    temperatureBox->setKeyboardTracking(false);
    temperatureBox->setAccessibleName(CmaPanel::tr("Temperature"));
    seedBox = new QLineEdit(QStringLiteral("7"), controls);
    seedBox->setFixedWidth(48);
    seedBox->setAlignment(Qt::AlignRight);
    seedBox->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,18}")), seedBox));
    seedBox->setAccessibleName(CmaPanel::tr("Seed"));
    lockButton = new QToolButton(controls);
    lockButton->setCheckable(true);
    lockButton->setFixedSize(28, 28);
    lockButton->setFocusPolicy(Qt::TabFocus);
    newDraws = new QPushButton(CmaPanel::tr("New draws"), controls);
    newDraws->setFocusPolicy(Qt::TabFocus);
    modelGroup = group({modelLabel = makeLabel(CmaPanel::tr("Model"), "field", controls), modelBox});
    group({directionBar});
    group({drawLabel = makeLabel(CmaPanel::tr("Draw"), "field", controls), drawBar});
    group({temperatureLabel = makeLabel(CmaPanel::tr("Temperature"), "field", controls), temperatureSlider,
           temperatureBox});
    group({seedLabel = makeLabel(CmaPanel::tr("seed"), "field", controls), seedBox, lockButton, newDraws});
    modelGroup->hide();

    QObject::connect(modelBox, &QComboBox::currentIndexChanged, panel, [this](int index) {
        if (index >= 0) emit panel->modelChosen(index);
    });
    QObject::connect(directionBar, &SegmentBar::chosen, panel, [this](int index) {
        imagined = index == 0 ? Modality::Speech : Modality::Face;
        refresh();
        emit panel->directionChanged(imagined);
    });
    QObject::connect(drawBar, &SegmentBar::chosen, panel,
                     [this](int index) { emit panel->perFrameDrawsChanged(index == 1); });
    QObject::connect(temperatureSlider, &QSlider::valueChanged, panel, [this](int value) {
        const QSignalBlocker quiet(temperatureBox);
        temperatureBox->setValue(value / 100.0);
        refresh();
        emit panel->temperatureChanged(value / 100.0);
    });
    QObject::connect(temperatureBox, &QDoubleSpinBox::valueChanged, panel, [this](double value) {
        const QSignalBlocker quiet(temperatureSlider);
        temperatureSlider->setValue(static_cast<int>(std::lround(value * 100)));
        refresh();
        emit panel->temperatureChanged(value);
    });
    QObject::connect(seedBox, &QLineEdit::editingFinished, panel, [this] {
        if (!seedBox->isModified() || seedBox->text().isEmpty()) return;
        seedBox->setModified(false);
        emit panel->seedChanged(seedBox->text().toULongLong());
    });
    QObject::connect(lockButton, &QToolButton::toggled, panel, [this](bool locked) {
        applyLock();
        emit panel->seedLockChanged(locked);
    });
    QObject::connect(newDraws, &QPushButton::clicked, panel, &CmaPanel::newDrawsRequested);
}

void CmaPanel::Impl::build() {
    panel->setMinimumWidth(300); // the strip flows, so the widest row is no lower limit
    auto* layout = new QVBoxLayout(panel);
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildControls();
    layout->addWidget(controls);
    auto* rule = new QFrame(panel);
    rule->setProperty("line", true);
    rule->setFixedHeight(1);
    layout->addWidget(rule);
    auto* holder = new QWidget(panel);
    stack = new QStackedLayout(holder);
    layout->addWidget(holder, 1);

    auto* nothing = new QWidget(holder);
    auto* middle = new QVBoxLayout(nothing);
    emptyIcon = new QLabel(nothing);
    emptyIcon->setAlignment(Qt::AlignCenter);
    empty = makeLabel(CmaPanel::tr("Nothing is imagined. Mark a missing span of speech or face on the timeline, or "
                                   "switch one off, and EMC imagines it."),
                      "field", nothing);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    middle->addStretch();
    middle->addWidget(emptyIcon);
    middle->addWidget(empty);
    middle->addStretch();
    middle->setContentsMargins(32, 16, 32, 16);
    stack->addWidget(nothing);

    scroll = new QScrollArea(holder);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    cards = new QWidget;
    grid = new QGridLayout(cards);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setSpacing(12);

    latent = makeCard(CmaPanel::tr("Latent z, posterior mean and spread"));
    for (int i = 0; i < 2; ++i) {
        LatentPlot& p = plots[static_cast<std::size_t>(i)];
        auto* line = new QHBoxLayout;
        p.dim = new QComboBox(latent.frame);
        p.dim->setAccessibleName(CmaPanel::tr("Latent dimension"));
        p.value = makeLabel({}, "caption", latent.frame);
        line->setSpacing(8);
        line->addWidget(p.dim);
        line->addWidget(p.value, 1);
        latent.body->addLayout(line);
        p.plot = new CurvePlot(latent.frame);
        p.plot->setHeaderVisible(false);
        p.plot->setXLabel(CmaPanel::tr("time"), QStringLiteral("s"));
        p.plot->setMinimumHeight(104);
        latent.body->addWidget(p.plot, 1);
        QObject::connect(p.dim, &QComboBox::currentIndexChanged, panel, [this, i] {
            if (!filling) refreshLatent(i);
        });
        QObject::connect(p.plot, &CurvePlot::xClicked, panel, [this](double x) {
            emit panel->seekRequested(std::max(0, static_cast<int>(x * rateHz + 1e-6)));
        });
    }
    truthButton = new QPushButton(CmaPanel::tr("Compare with the truth"), latent.frame);
    truthButton->setToolTip(
        CmaPanel::tr("Reads the modality that was declared missing, only to compare the substitute with it."));
    latent.body->addWidget(truthButton, 0, Qt::AlignLeft);

    draws = makeCard(CmaPanel::tr("Draws, principal components"));
    map = new DrawsMap(draws.frame);
    draws.body->addWidget(map, 1);
    auto* walk = new QHBoxLayout;
    walk->setSpacing(8);
    walkLabel = makeLabel(CmaPanel::tr("Walk"), "field", draws.frame);
    boxA = new QComboBox(draws.frame);
    boxA->setAccessibleName(CmaPanel::tr("Walk from"));
    boxB = new QComboBox(draws.frame);
    boxB->setAccessibleName(CmaPanel::tr("Walk to"));
    walkSlider = new QSlider(Qt::Horizontal, draws.frame);
    walkSlider->setRange(0, 100);
    walkSlider->setMinimumWidth(40);
    for (QComboBox* box : {boxA, boxB}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(2);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    walkSlider->setAccessibleName(CmaPanel::tr("Share of the second draw"));
    shareLabel = makeLabel({}, "card", draws.frame);
    shareLabel->setMinimumWidth(36);
    shareLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    walkReset = new QToolButton(draws.frame);
    walkReset->setFixedSize(24, 24);
    walkReset->setToolTip(CmaPanel::tr("Leave the walk"));
    walkReset->setAccessibleName(CmaPanel::tr("Leave the walk"));
    QSizePolicy keeps = walkReset->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    walkReset->setSizePolicy(keeps);
    walk->addWidget(walkLabel);
    walk->addWidget(boxA, 2);
    walk->addWidget(walkSlider, 2);
    walk->addWidget(boxB, 2);
    walk->addWidget(shareLabel);
    walk->addWidget(walkReset);
    draws.body->addLayout(walk);

    substitute = makeCard(CmaPanel::tr("Substitute \u00fb against true u"));
    maps = new SubstituteView(substitute.frame);
    substitute.body->addWidget(maps, 1);

    agreement = makeCard(CmaPanel::tr("Agreement with the truth"));
    const auto plot = [&](const QString& title) {
        auto* p = new CurvePlot(agreement.frame);
        p->setTitle(title);
        p->setLegendVisible(false);
        p->setXLabel(CmaPanel::tr("time"), QStringLiteral("s"));
        p->setMinimumHeight(112);
        p->setEmptyText(CmaPanel::tr("Without the truth there is nothing to compare with."));
        p->addCurve(title, {LineRole::Other, 0, Theme::of(panel).imagined, false, false});
        agreement.body->addWidget(p, 1);
        QObject::connect(p, &CurvePlot::xClicked, panel, [this](double x) {
            emit panel->seekRequested(std::max(0, static_cast<int>(x * rateHz + 1e-6)));
        });
        return p;
    };
    cosine = plot(CmaPanel::tr("Cosine"));
    l2 = plot(CmaPanel::tr("L2 per channel, σ"));
    sentence = makeLabel({}, "caption", agreement.frame);
    sentence->setWordWrap(true);
    agreement.body->addWidget(sentence);

    scroll->setWidget(cards);
    scroll->viewport()->setAutoFillBackground(false);
    cards->setAutoFillBackground(false);
    stack->addWidget(scroll);

    QObject::connect(map, &DrawsMap::drawChosen, panel, &CmaPanel::sampleChosen);
    QObject::connect(maps, &SubstituteView::seekRequested, panel, [this](int step) {
        emit panel->seekRequested(static_cast<int>(std::ceil(step * perStep() - 1e-9)));
    });
    QObject::connect(truthButton, &QPushButton::clicked, panel, &CmaPanel::truthRequested);
    QObject::connect(walkSlider, &QSlider::valueChanged, panel, [this](int value) {
        if (!filling) panel->setWalk(walkA, walkB, value / 100.0);
    });
    QObject::connect(boxA, &QComboBox::currentIndexChanged, panel, [this](int index) {
        if (!filling && index >= 0) panel->setWalk(index, walkB, share);
    });
    QObject::connect(boxB, &QComboBox::currentIndexChanged, panel, [this](int index) {
        if (!filling && index >= 0) panel->setWalk(walkA, index, share);
    });
    QObject::connect(walkReset, &QToolButton::clicked, panel, [this] {
        walking = false;
        share = 0;
        refreshWalk();
        emit panel->walkEnded();
    });
    arrange();
}

void CmaPanel::Impl::arrange() {
    if (!grid) return;
    const bool nowWide = panel->width() >= 720;
    // Two columns leave little room beside the titles; one column has all of it.
    const bool notes = panel->width() >= (nowWide ? 1000 : 520);
    for (Card* card : {&latent, &draws, &substitute, &agreement}) card->note->setVisible(notes);
    walkLabel->setVisible(notes);
    if (notes != wordy) {
        wordy = notes;
        nameDraws();
    }
    if (arranged && nowWide == wide) return;
    arranged = true;
    wide = nowWide;
    for (Card* card : {&latent, &draws, &substitute, &agreement}) grid->removeWidget(card->frame);
    if (wide) {
        grid->addWidget(latent.frame, 0, 0);
        grid->addWidget(draws.frame, 0, 1);
        grid->addWidget(substitute.frame, 1, 0);
        grid->addWidget(agreement.frame, 1, 1);
    } else {
        int r = 0;
        for (Card* card : {&draws, &latent, &substitute, &agreement}) grid->addWidget(card->frame, r++, 0);
    }
    grid->setColumnStretch(0, wide ? 3 : 1);
    grid->setColumnStretch(1, wide ? 2 : 0);
    for (int r = 0; r < 4; ++r) grid->setRowStretch(r, wide && r > 1 ? 0 : 1);
}

// "A  Draw 3" where there is room, else "A  3".
void CmaPanel::Impl::nameDraws() {
    for (auto [box, letter] : {std::pair(boxA, u'A'), std::pair(boxB, u'B')})
        for (int k = 0; k < box->count(); ++k)
            box->setItemText(k, wordy ? CmaPanel::tr("%1  Draw %2").arg(QChar(letter)).arg(k + 1)
                                      : QStringLiteral("%1  %2").arg(QChar(letter)).arg(k + 1));
}

} // namespace emc
