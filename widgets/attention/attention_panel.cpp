#include "widgets/attention/attention_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "widgets/attention/attention_math.h"
#include "widgets/attention/heat_map_view.h"
#include "widgets/attention/segment_bar.h"
#include "widgets/attention/site_words.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/figure_file.h"
#include "widgets/timeline/time_axis.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

struct AttentionPanel::Impl {
    AttentionPanel* panel = nullptr;
    std::vector<AttentionSource> sources;
    Availability availability;
    std::function<QString(int)> speakerText;
    QString emptyText;
    int frames = 0, playhead = 0, source = 0, head = -1, layer = 0;
    double rateHz = 25;
    QString site, part;
    Show show = Show::Map;
    bool filling = false, compact = false;

    QComboBox *modelBox = nullptr, *siteBox = nullptr, *layerBox = nullptr;
    SegmentBar *partBar = nullptr, *headBar = nullptr, *showBar = nullptr;
    QLabel *modelLabel = nullptr, *siteLabel = nullptr, *headLabel = nullptr, *layerLabel = nullptr,
           *showLabel = nullptr;
    HeatMapView* map = nullptr;
    CurvePlot* row = nullptr;
    int rowCurve = -1;
    QTableWidget* table = nullptr;
    QCheckBox* follow = nullptr;
    QPushButton* exportButton = nullptr;

    const AttentionSource* current() const {
        return source >= 0 && source < static_cast<int>(sources.size()) ? &sources[static_cast<std::size_t>(source)]
                                                                        : nullptr;
    }
    static QStringList sitesOf(const AttentionSource& s) {
        QStringList all = s.sites;
        for (const AttentionMap& map : s.maps) {
            const QString name = QString::fromStdString(map.site + "/" + map.part);
            if (!all.contains(name)) all.append(name);
        }
        return all;
    }
    const AttentionMap* find(const std::vector<AttentionMap>& maps) const {
        for (const AttentionMap& m : maps)
            if (QString::fromStdString(m.site) == site && QString::fromStdString(m.part) == part && m.layer == layer)
                return &m;
        return nullptr;
    }
    // What the differences compare with: the next model that has the same map; the map before the last switch.
    const AttentionMap* partner() const {
        if (show == Show::SwitchDifference) return current() ? find(current()->before) : nullptr;
        for (std::size_t i = 0; i < sources.size(); ++i)
            if (static_cast<int>(i) != source)
                if (const AttentionMap* other = find(sources[i].maps)) return other;
        return nullptr;
    }

    void fillChoices();
    void refresh();
    void refreshRow();
    void fillTable();
    std::vector<std::pair<FrameSpan, Meaning>> missing(SideMeaning side) const;
    void applyTheme();
    void makeControls(QVBoxLayout* layout);
};

void AttentionPanel::Impl::fillChoices() {
    filling = true;
    const AttentionSource* s = current();
    modelBox->clear();
    for (const AttentionSource& each : sources)
        modelBox->addItem(QStringLiteral("%1   %2").arg(each.slot).arg(each.label));
    modelBox->setCurrentIndex(source);
    const QStringList all = s ? sitesOf(*s) : QStringList();
    QStringList names, parts;
    for (const QString& name : all)
        if (const QString own = name.section(u'/', 0, 0); !names.contains(own)) names.append(own);
    if (!names.contains(site)) site = names.value(0);
    siteBox->clear();
    for (const QString& name : names) siteBox->addItem(siteWords(name), name);
    siteBox->setCurrentIndex(static_cast<int>(names.indexOf(site)));
    for (const QString& name : all)
        if (name.section(u'/', 0, 0) == site) parts.append(name.section(u'/', 1));
    if (!parts.contains(part))
        part = parts.contains(QStringLiteral("cross")) ? QStringLiteral("cross") : parts.value(0);
    QStringList partNames;
    for (const QString& p : parts)
        partNames.append(compact ? partWords(p).replace(QStringLiteral("self-"), QString()) : partWords(p));
    partBar->setItems(partNames);
    partBar->setCurrent(static_cast<int>(parts.indexOf(part)));
    partBar->setProperty("parts", parts);

    int layers = 1, heads = 0;
    if (s)
        for (const AttentionMap& m : s->maps)
            if (QString::fromStdString(m.site) == site && QString::fromStdString(m.part) == part)
                layers = std::max(layers, m.layer + 1), heads = std::max(heads, m.heads);
    layer = std::clamp(layer, 0, layers - 1);
    layerBox->clear();
    for (int i = 0; i < layers; ++i) layerBox->addItem(AttentionPanel::tr("%1 of %2").arg(i + 1).arg(layers));
    layerBox->setCurrentIndex(layer);
    QStringList headNames{AttentionPanel::tr("mean")};
    for (int i = 0; i < std::min(heads, 16); ++i) headNames.append(QString::number(i + 1));
    if (head >= heads) head = -1;
    headBar->setItems(headNames);
    headBar->setCurrent(head + 1);

    const Show wanted = show;
    show = Show::ModelDifference;
    const bool models = partner() != nullptr;
    show = Show::SwitchDifference;
    const bool switches = partner() != nullptr;
    show = (wanted == Show::ModelDifference && !models) || (wanted == Show::SwitchDifference && !switches) ? Show::Map
                                                                                                           : wanted;
    showBar->setItemEnabled(1, models, AttentionPanel::tr("Needs a second model with the same attention."));
    showBar->setItemEnabled(2, switches,
                            AttentionPanel::tr("Turn a switch: the attention before and after it is then compared."));
    showBar->setCurrent(static_cast<int>(show));
    for (QWidget* w : {static_cast<QWidget*>(modelBox), static_cast<QWidget*>(siteBox), static_cast<QWidget*>(partBar),
                       static_cast<QWidget*>(headBar), static_cast<QWidget*>(layerBox), static_cast<QWidget*>(showBar)})
        w->setEnabled(s != nullptr);
    layerBox->setEnabled(layers > 1);
    layerBox->setToolTip(layers > 1 ? QString() : AttentionPanel::tr("This attention has one layer."));
    filling = false;
}

std::vector<std::pair<FrameSpan, Meaning>> AttentionPanel::Impl::missing(SideMeaning side) const {
    std::vector<std::pair<FrameSpan, Meaning>> spans;
    const auto add = [&](const std::vector<FrameSpan>& list, Meaning meaning) {
        for (const FrameSpan& span : normalisedSpans(list, frames)) spans.emplace_back(span, meaning);
    };
    // Emotion is read from the face, so it is missing where the face is.
    if (side == SideMeaning::Face || side == SideMeaning::Emotion || side == SideMeaning::Fused)
        add(availability.faceMissing, Meaning::Face);
    if (side == SideMeaning::Speech || side == SideMeaning::Fused) add(availability.speechMissing, Meaning::Speech);
    return spans;
}

void AttentionPanel::Impl::refresh() {
    fillChoices();
    HeatMapData data;
    const AttentionSource* s = current();
    const AttentionMap* m = s ? find(s->maps) : nullptr;
    if (m) {
        data.weights = attentionOf(*m, head);
        data.queries = m->queries, data.keys = m->keys;
        if (show != Show::Map) {
            const AttentionMap* other = partner();
            const std::vector<float> before = other && other->queries == m->queries && other->keys == m->keys
                                                  ? attentionOf(*other, std::min(head, other->heads - 1))
                                                  : std::vector<float>();
            if (before.size() == data.weights.size()) {
                for (std::size_t i = 0; i < before.size(); ++i) data.weights[i] -= before[i];
                data.difference = true;
            }
        }
        const auto [query, key] = sidesOf(site, part);
        data.queryName = AttentionPanel::tr("query: %1 time, s").arg(sideWords(query));
        data.keyName = AttentionPanel::tr("key: %1 time, s").arg(sideWords(key));
        data.queryMissing = missing(query);
        data.keyMissing = missing(key);
    } else if (!s) {
        data.note = emptyText.isEmpty()
                        ? AttentionPanel::tr("No attention yet. Show a model with attention and let it react.")
                        : emptyText;
    } else if (site.isEmpty()) {
        data.note = AttentionPanel::tr("%1 has no attention to show.").arg(s->label);
    } else {
        data.note = AttentionPanel::tr("This map is being fetched.");
    }
    map->setTime(frames, rateHz);
    map->setPlayhead(playhead);
    map->setData(std::move(data));
    refreshRow();
    exportButton->setEnabled(m != nullptr);
    exportButton->setToolTip(m ? QString() : AttentionPanel::tr("There is nothing to export yet."));
    if (s && !m && !site.isEmpty()) emit panel->siteRequested(source, site + u'/' + part);
    emit panel->shownChanged();
}

void AttentionPanel::Impl::refreshRow() {
    const HeatMapData& data = map->data();
    const int query = map->queryAtPlayhead();
    row->setTitle(AttentionPanel::tr("Query row at %1").arg(QString::fromStdString(timecode(playhead / rateHz))));
    if (query < 0) {
        row->setCurve(rowCurve, std::span<const float>());
        row->setPlayhead(std::nan(""));
        table->setRowCount(0);
        return;
    }
    const float scale = map->unitText().isEmpty() ? 1.0f : 1000.0f;
    std::vector<float> values(data.weights.begin() + static_cast<std::ptrdiff_t>(query) * data.keys,
                              data.weights.begin() + (static_cast<std::ptrdiff_t>(query) + 1) * data.keys);
    for (float& value : values) value *= scale;
    row->setValueText((data.difference ? AttentionPanel::tr("difference %1") : AttentionPanel::tr("weight %1"))
                          .arg(map->unitText())
                          .trimmed());
    const double dx = frames / rateHz / data.keys;
    row->setCurve(rowCurve, std::span<const float>(values), 0, dx);
    row->setXRange(0, frames / rateHz);
    row->setPlayhead(playhead / rateHz);
    fillTable();
    panel->setAccessibleName(AttentionPanel::tr("Attention, query %1 s").arg(playhead / rateHz, 0, 'f', 2));
}

void AttentionPanel::Impl::fillTable() {
    const auto keys = panel->strongestKeys(compact ? 2 : 6);
    const Theme& theme = Theme::of(panel);
    table->setHorizontalHeaderLabels({AttentionPanel::tr("Key time"),
                                      map->unitText().isEmpty() ? AttentionPanel::tr("weight") : map->unitText(),
                                      AttentionPanel::tr("Speaker at that moment")});
    table->horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeaderItem(2)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setRowCount(static_cast<int>(keys.size()));
    for (int i = 0; i < static_cast<int>(keys.size()); ++i) {
        const Key& key = keys[static_cast<std::size_t>(i)];
        const QString texts[] = {QString::fromStdString(timecode(key.frame / rateHz)),
                                 map->weightText(key.weight, false), speakerText ? speakerText(key.frame) : QString()};
        for (int c = 0; c < 3; ++c) {
            QTableWidgetItem* item = table->item(i, c);
            if (!item) table->setItem(i, c, item = new QTableWidgetItem);
            item->setText(texts[c]);
            item->setData(Qt::UserRole, key.frame);
            item->setTextAlignment(c == 1 ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
            item->setForeground(c == 2 ? theme.muted : theme.text);
            item->setToolTip(c == 2 ? texts[c] : QString());
        }
    }
}

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
    siteBox->setMinimumContentsLength(9);
    siteBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    modelBox->setMinimumContentsLength(8);
    modelBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    layerBox = combo(AttentionPanel::tr("Layer"));
    partBar = new SegmentBar(panel);
    partBar->setAccessibleName(AttentionPanel::tr("Part of the attention"));
    headBar = new SegmentBar(panel);
    headBar->setAccessibleName(AttentionPanel::tr("Head"));
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

AttentionPanel::AttentionPanel(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->panel = this;
    setAccessibleName(tr("Attention"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* controls = new QVBoxLayout;
    controls->setContentsMargins(12, 10, 12, 4);
    controls->setSpacing(4);
    layout->addLayout(controls);
    m->makeControls(controls);
    m->map = new HeatMapView(this);
    layout->addWidget(m->map, 5);
    auto* rule = new QFrame(this);
    rule->setProperty("line", true);
    rule->setFixedHeight(1);
    layout->addWidget(rule);
    m->row = new CurvePlot(this);
    m->row->setLegendVisible(false);
    m->row->setMinimumHeight(110);
    m->row->setMaximumHeight(150);
    m->row->setEmptyText(tr("The row of the frame under the playhead appears here."));
    m->rowCurve = m->row->addCurve(tr("weight"), {LineRole::Helper, 0, Theme::of(this).accentText, true, false});
    auto* rowHolder = new QHBoxLayout;
    rowHolder->setContentsMargins(4, 2, 4, 4);
    rowHolder->addWidget(m->row);
    layout->addLayout(rowHolder, 2);
    m->table = new QTableWidget(0, 3, this);
    m->table->setAccessibleName(tr("Strongest keys"));
    m->table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m->table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m->table->setSelectionMode(QAbstractItemView::SingleSelection);
    m->table->setShowGrid(false);
    m->table->setWordWrap(false);
    m->table->verticalHeader()->hide();
    m->table->verticalHeader()->setDefaultSectionSize(24);
    m->table->verticalHeader()->setMinimumSectionSize(24);
    m->table->horizontalHeader()->setHighlightSections(false);
    m->table->horizontalHeader()->setStretchLastSection(true);
    m->table->horizontalHeader()->setFixedHeight(28);
    m->table->setColumnWidth(0, 92);
    m->table->setColumnWidth(1, 60);
    m->table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m->table->setFrameShape(QFrame::NoFrame);
    m->table->setMinimumHeight(28 + 2 * 24);
    m->table->setMaximumHeight(28 + 6 * 24 + 2);
    layout->addWidget(m->table, 3);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    m->follow = new QCheckBox(tr("Follow playhead"), this);
    m->follow->setChecked(true);
    m->exportButton = new QPushButton(tr("Export figure"), this);
    m->exportButton->setFocusPolicy(Qt::TabFocus);
    foot->addWidget(m->follow);
    foot->addStretch();
    foot->addWidget(m->exportButton);
    layout->addLayout(foot);

    connect(m->modelBox, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (m->filling || index < 0) return;
        m->source = index;
        m->refresh();
    });
    connect(m->siteBox, &QComboBox::currentIndexChanged, this, [this](int) {
        if (m->filling) return;
        m->site = m->siteBox->currentData().toString();
        m->refresh();
    });
    connect(m->layerBox, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (m->filling || index < 0) return;
        m->layer = index;
        m->refresh();
    });
    connect(m->partBar, &SegmentBar::chosen, this, [this](int index) {
        m->part = m->partBar->property("parts").toStringList().value(index);
        m->refresh();
    });
    connect(m->headBar, &SegmentBar::chosen, this, [this](int index) { chooseHead(index - 1); });
    connect(m->showBar, &SegmentBar::chosen, this, [this](int index) { chooseShow(static_cast<Show>(index)); });
    connect(m->map, &HeatMapView::cellChosen, this, [this](int, int key) { emit seekRequested(key); });
    connect(m->row, &CurvePlot::xClicked, this, [this](double x) {
        emit seekRequested(std::clamp(static_cast<int>(x * m->rateHz), 0, std::max(0, m->frames - 1)));
    });
    connect(m->table, &QTableWidget::cellActivated, this,
            [this](int row, int) { emit seekRequested(m->table->item(row, 0)->data(Qt::UserRole).toInt()); });
    connect(m->table, &QTableWidget::cellClicked, this,
            [this](int row, int) { emit seekRequested(m->table->item(row, 0)->data(Qt::UserRole).toInt()); });
    connect(m->follow, &QCheckBox::toggled, this, &AttentionPanel::followPlayheadChanged);
    connect(m->exportButton, &QPushButton::clicked, this, &AttentionPanel::exportRequested);
    m->applyTheme();
    m->refresh();
}

AttentionPanel::~AttentionPanel() = default;

void AttentionPanel::setSources(std::vector<AttentionSource> sources) {
    const QString before = m->current() ? m->current()->label : QString();
    m->sources = std::move(sources);
    m->source = m->sources.empty() ? -1 : 0;
    for (std::size_t i = 0; i < m->sources.size(); ++i)
        if (m->sources[i].label == before) m->source = static_cast<int>(i);
    m->refresh();
}

void AttentionPanel::setTime(int frames, double rateHz) {
    m->frames = std::max(0, frames);
    m->rateHz = rateHz > 0 ? rateHz : 25;
    m->refresh();
}

void AttentionPanel::setAvailability(const Availability& availability) {
    m->availability = availability;
    m->refresh();
}

void AttentionPanel::setSpeakerText(std::function<QString(int)> text) {
    m->speakerText = std::move(text);
    m->refreshRow();
}

void AttentionPanel::setCompact(bool compact) {
    m->row->setMaximumHeight(compact ? 110 : 150);
    m->row->setMinimumHeight(compact ? 96 : 110);
    m->table->setMaximumHeight(compact ? 28 + 2 * 24 + 2 : 28 + 6 * 24 + 2);
    m->siteBox->setMinimumContentsLength(compact ? 7 : 9);
    m->exportButton->setText(compact ? tr("Export") : tr("Export figure"));
    m->layerLabel->setVisible(!compact);
    m->compact = compact;
    m->refresh();
}

void AttentionPanel::setEmptyText(const QString& sentence) {
    m->emptyText = sentence;
    m->refresh();
}

int AttentionPanel::playhead() const {
    return m->playhead;
}
bool AttentionPanel::followsPlayhead() const {
    return m->follow->isChecked();
}
QString AttentionPanel::currentSite() const {
    return m->site.isEmpty() ? QString() : m->site + u'/' + m->part;
}
int AttentionPanel::currentSource() const {
    return m->source;
}
int AttentionPanel::currentHead() const {
    return m->head;
}
int AttentionPanel::currentLayer() const {
    return m->layer;
}

void AttentionPanel::chooseSite(const QString& site) {
    m->site = site.section(u'/', 0, 0);
    if (site.contains(u'/')) m->part = site.section(u'/', 1);
    m->refresh();
}

void AttentionPanel::chooseHead(int head) {
    m->head = std::max(-1, head);
    m->refresh();
}

void AttentionPanel::chooseShow(Show show) {
    m->show = show;
    m->refresh();
}

std::vector<float> AttentionPanel::entropyPerFrame() const {
    return spreadOver(m->map->entropy(), m->frames);
}

std::vector<AttentionPanel::Key> AttentionPanel::strongestKeys(int count, int apart) const {
    std::vector<Key> keys;
    const int query = m->map->queryAtPlayhead();
    if (query < 0) return keys;
    const HeatMapData& data = m->map->data();
    for (const auto& [key, weight] :
         strongest(data.weights.data() + static_cast<std::size_t>(query) * static_cast<std::size_t>(data.keys),
                   data.keys, count, apart))
        keys.push_back({std::min(m->frames - 1, static_cast<int>(double(key) * m->frames / data.keys)), weight});
    return keys;
}

void AttentionPanel::exportTo(const QString& path) const {
    const HeatMapData& data = m->map->data();
    if (data.weights.empty())
        throw Error(ErrorKind::Usage, "there is no attention to export", {}, "Let a model react first");
    if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
        QByteArray text;
        for (int q = 0; q < data.queries; ++q)
            for (int k = 0; k < data.keys; ++k)
                text +=
                    QByteArray::number(data.weights[static_cast<std::size_t>(q) * static_cast<std::size_t>(data.keys) +
                                                    static_cast<std::size_t>(k)],
                                       'g', 9) +
                    (k + 1 < data.keys ? ',' : '\n');
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
            throw Error(ErrorKind::Io, "the table could not be written", path.toStdString(),
                        file.errorString().toStdString());
        return;
    }
    const AttentionSource* s = m->current();
    const QString title =
        tr("Attention of %1, %2, %3").arg(s ? s->label : QString(), siteWords(m->site), partWords(m->part));
    const QString headName = m->head < 0 ? tr("mean of heads") : tr("head %1").arg(m->head + 1);
    const QString caption =
        tr("%1, %2, layer %3. %4, %5. %6 Query row at %7 s.")
            .arg(title, headName)
            .arg(m->layer + 1)
            .arg(data.queryName, data.keyName,
                 data.difference ? tr("Signed difference, symmetric limits.")
                                 : tr("Colour follows the weight to the power of 0.62; H: entropy of each row."),
                 QString::number(m->playhead / m->rateHz, 'f', 2));
    writeFigure(
        path, QSize(520, 500), {title, caption}, Theme::of(this),
        [&](QPainter& painter, const QRect& place, bool) { m->map->paint(painter, Theme::of(this), place, true); });
}

void AttentionPanel::setPlayhead(int frame) {
    if (!followsPlayhead() || frame == m->playhead) return;
    m->playhead = std::max(0, frame);
    m->map->setPlayhead(m->playhead);
    if (isVisible()) m->refreshRow(); // a hidden dock catches up when it is shown
}

void AttentionPanel::showEvent(QShowEvent*) {
    m->refreshRow();
}

// The map stays square, so height beyond its width is better used by the row and the table.
void AttentionPanel::resizeEvent(QResizeEvent*) {
    m->map->setMaximumHeight(std::max(240, width() + 16));
}

void AttentionPanel::setFollowPlayhead(bool follow) {
    m->follow->setChecked(follow);
}

void AttentionPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m->applyTheme();
    QWidget::changeEvent(event);
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
