// The widgets of the attention panel and what their buttons do.
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/attention/attention_panel_impl.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace emc {

void AttentionPanel::Impl::makeControls(QVBoxLayout* layout) {
    const auto line = [&](QLabel*& label, const QString& name) {
        auto* box = new QHBoxLayout;
        box->setSpacing(8);
        label = new QLabel(name, panel);
        label->setFixedWidth(44);
        box->addWidget(label);
        layout->addLayout(box);
        return box;
    };
    const auto combo = [&](const QString& name) {
        auto* box = new QComboBox(panel);
        box->setAccessibleName(name);
        box->setFocusPolicy(Qt::StrongFocus);
        return box;
    };
    modelBox = combo(AttentionPanel::tr("Model"));
    siteBox = combo(AttentionPanel::tr("Site"));
    siteBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    modelBox->setMinimumContentsLength(8);
    modelBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    layerBox = combo(AttentionPanel::tr("Layer"));
    layerBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    partBar = new SegmentBar(panel);
    partBar->setAccessibleName(AttentionPanel::tr("Part of the attention"));
    headBar = new SegmentBar(panel);
    headBar->setAccessibleName(AttentionPanel::tr("Head"));
    headBar->setObjectName(QStringLiteral("heads"));
    for (SegmentBar* bar : {partBar, headBar}) bar->setFolds(true);
    showBar = new SegmentBar(panel);
    showBar->setAccessibleName(AttentionPanel::tr("Show"));
    showBar->setItems(
        {AttentionPanel::tr("Map"), AttentionPanel::tr("\u0394 model"), AttentionPanel::tr("\u0394 switches")});
    line(modelLabel, AttentionPanel::tr("Model"))->addWidget(modelBox, 1);
    auto* siteLine = line(siteLabel, AttentionPanel::tr("Site"));
    siteLine->addWidget(siteBox, 1);
    siteLine->addWidget(partBar);
    auto* headLine = line(headLabel, AttentionPanel::tr("Head"));
    headLine->addWidget(headBar);
    headLine->addStretch();
    headLine->addWidget(layerLabel = new QLabel(AttentionPanel::tr("Layer"), panel));
    headLine->addWidget(layerBox);
    auto* showLine = line(showLabel, AttentionPanel::tr("Show"));
    showLine->addWidget(showBar);
    showLine->addStretch();
}

void AttentionPanel::Impl::build() {
    panel->setAccessibleName(AttentionPanel::tr("Attention"));
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* controls = new QVBoxLayout;
    controls->setContentsMargins(12, 10, 12, 4);
    controls->setSpacing(4);
    layout->addLayout(controls);
    makeControls(controls);
    map = new HeatMapView(panel);
    layout->addWidget(map, 5);
    auto* rule = new QFrame(panel);
    rule->setProperty("line", true);
    rule->setFixedHeight(1);
    layout->addWidget(rule);
    row = new CurvePlot(panel);
    row->setLegendVisible(false);
    row->setMinimumHeight(110);
    row->setMaximumHeight(150);
    row->setEmptyText(AttentionPanel::tr("The row of the frame under the playhead appears here."));
    rowCurve =
        row->addCurve(AttentionPanel::tr("weight"), {LineRole::Helper, 0, Theme::of(panel).accentText, true, false});
    auto* rowHolder = new QHBoxLayout;
    rowHolder->setContentsMargins(4, 2, 4, 4);
    rowHolder->addWidget(row);
    layout->addLayout(rowHolder, 2);
    table = new QTableWidget(0, 3, panel);
    table->setAccessibleName(AttentionPanel::tr("Strongest keys"));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->verticalHeader()->setMinimumSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setMinimumSectionSize(40);
    table->horizontalHeader()->setFixedHeight(28);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setFrameShape(QFrame::NoFrame);
    table->setMinimumHeight(28 + 2 * 24);
    table->setMaximumHeight(28 + 6 * 24 + 2);
    layout->addWidget(table, 3);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    follow = new QCheckBox(AttentionPanel::tr("Follow playhead"), panel);
    follow->setChecked(true);
    exportButton = new QPushButton(AttentionPanel::tr("Export figure"), panel);
    exportButton->setFocusPolicy(Qt::TabFocus);
    foot->addWidget(follow);
    foot->addStretch();
    foot->addWidget(exportButton);
    layout->addLayout(foot);
    wire();
}

void AttentionPanel::Impl::wire() {
    QObject::connect(modelBox, &QComboBox::currentIndexChanged, panel, [this](int index) {
        if (filling || index < 0) return;
        source = index;
        refresh();
    });
    QObject::connect(siteBox, &QComboBox::currentIndexChanged, panel, [this](int) {
        if (filling) return;
        site = siteBox->currentData().toString();
        refresh();
    });
    QObject::connect(layerBox, &QComboBox::currentIndexChanged, panel, [this](int index) {
        if (filling || index < 0) return;
        layer = index;
        refresh();
    });
    QObject::connect(partBar, &SegmentBar::chosen, panel, [this](int index) {
        part = partBar->property("parts").toStringList().value(index);
        refresh();
    });
    QObject::connect(headBar, &SegmentBar::chosen, panel, [this](int index) { panel->chooseHead(index - 1); });
    QObject::connect(showBar, &SegmentBar::chosen, panel,
                     [this](int index) { panel->chooseShow(static_cast<Show>(index)); });
    QObject::connect(map, &HeatMapView::cellChosen, panel, [this](int, int key) { emit panel->seekRequested(key); });
    QObject::connect(row, &CurvePlot::xClicked, panel, [this](double x) {
        emit panel->seekRequested(std::clamp(static_cast<int>(x * rateHz), 0, std::max(0, frames - 1)));
    });
    QObject::connect(table, &QTableWidget::cellActivated, panel, [this](int row, int) {
        emit panel->seekRequested(table->item(row, 0)->data(Qt::UserRole).toInt());
    });
    QObject::connect(table, &QTableWidget::cellClicked, panel, [this](int row, int) {
        emit panel->seekRequested(table->item(row, 0)->data(Qt::UserRole).toInt());
    });
    QObject::connect(follow, &QCheckBox::toggled, panel, &AttentionPanel::followPlayheadChanged);
    QObject::connect(exportButton, &QPushButton::clicked, panel, &AttentionPanel::exportRequested);
}

void AttentionPanel::Impl::applyTheme() {
    const Theme& theme = Theme::of(panel);
    for (QLabel* label : {modelLabel, siteLabel, headLabel, layerLabel, showLabel}) {
        label->setFont(theme.font(12));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme.muted);
        label->setPalette(palette);
    }
    exportButton->setIcon(icon(QStringLiteral("export"), theme));
    exportButton->setIconSize({16, 16});
    table->setFont(theme.font(12));
    table->horizontalHeader()->setFont(theme.font(11, QFont::Medium));
    row->setCurveColor(rowCurve, theme.accentText);
    fillTable();
}

} // namespace emc
