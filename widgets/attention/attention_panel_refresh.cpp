// Filling the attention panel: choices, map, query row and table.
#include <QHeaderView>

#include <algorithm>
#include <cmath>

#include "widgets/attention/attention_math.h"
#include "widgets/attention/attention_panel_impl.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/time_axis.h"

namespace emc {

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
    layerBox->setVisible(!compact || layers > 1); // narrow: the heads need the room more
    layerLabel->setVisible(!compact);
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

namespace {
constexpr int kCellSpace = 32; // beside the text of a cell

// As many of the parts "a · b" as fit, the last ones first: half a word tells nothing.
QString wholeParts(const QString& text, const QFontMetrics& metrics, int width) {
    const QString between = QStringLiteral(" \u00b7 ");
    QStringList parts = text.split(between);
    while (parts.size() > 1 && metrics.horizontalAdvance(parts.join(between)) > width) parts.removeFirst();
    return parts.join(between);
}
} // namespace

void AttentionPanel::Impl::fillTable() {
    const auto keys = panel->strongestKeys(compact ? 2 : 6);
    const Theme& theme = Theme::of(panel);
    const QFontMetrics cells = table->fontMetrics(), heads = table->horizontalHeader()->fontMetrics();
    const QString weightName = map->unitText().isEmpty() ? AttentionPanel::tr("weight") : map->unitText();
    const auto columnWidth = [&](const QString& name, const QString& longest) {
        return std::max(heads.horizontalAdvance(name), cells.horizontalAdvance(longest)) + kCellSpace;
    };
    table->setColumnWidth(0, columnWidth(AttentionPanel::tr("Key time"), QStringLiteral("00:00.000")));
    table->setColumnWidth(1, columnWidth(weightName, QStringLiteral("\u22120.0000")));
    const int room = table->width() - table->columnWidth(0) - table->columnWidth(1) - kCellSpace;
    const QString moment = AttentionPanel::tr("Speaker at that moment");
    const bool whole = heads.horizontalAdvance(moment) <= room;
    table->setHorizontalHeaderLabels(
        {AttentionPanel::tr("Key time"), weightName, whole ? moment : AttentionPanel::tr("Speaker then")});
    table->horizontalHeaderItem(2)->setToolTip(moment);
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
            item->setText(c == 2 ? wholeParts(texts[c], cells, room) : texts[c]);
            item->setData(Qt::UserRole, key.frame);
            item->setTextAlignment(c == 1 ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
            item->setForeground(c == 2 ? theme.muted : theme.text);
            item->setToolTip(c == 2 ? texts[c] : QString());
        }
    }
}

} // namespace emc
