#include "widgets/attention/attention_panel.h"

#include <QEvent>
#include <QPainter>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "widgets/attention/attention_math.h"
#include "widgets/attention/attention_panel_impl.h"
#include "widgets/common/theme.h"
#include "widgets/plots/figure_file.h"

namespace emc {

AttentionPanel::AttentionPanel(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->panel = this;
    m->build();
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
    m->exportButton->setText(compact ? tr("Export") : tr("Export figure"));
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
    m->fillTable();
}

void AttentionPanel::setFollowPlayhead(bool follow) {
    m->follow->setChecked(follow);
}

void AttentionPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m->applyTheme();
    QWidget::changeEvent(event);
}

void AttentionPanel::exportTo(const QString& path, const QString& session) const {
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
        path, QSize(520, 500), {title, caption, session}, Theme::of(this),
        [&](QPainter& painter, const QRect& place, bool) { m->map->paint(painter, Theme::of(this), place, true); });
}

} // namespace emc
