#include "widgets/study/study_table_model.h"

#include <algorithm>

#include "widgets/study/study_words.h"

namespace emc {

namespace {

QString dash() {
    return QStringLiteral("–");
}

bool sameShape(const StudyTable& a, const StudyTable& b) {
    return a.metrics == b.metrics && a.publishedShown == b.publishedShown &&
           std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                      [](const TableRow& x, const TableRow& y) {
                          return x.label == y.label && x.condition == y.condition && x.model == y.model;
                      });
}

} // namespace

StudyTableModel::StudyTableModel(QObject* parent) : QAbstractTableModel(parent) {
    layColumns();
}

void StudyTableModel::setTable(StudyTable table) {
    if (sameShape(table, m_table)) {
        m_table = std::move(table);
        if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_table = std::move(table);
    layColumns();
    endResetModel();
}

void StudyTableModel::setShown(const Shown& shown) {
    if (shown == m_shown) return;
    beginResetModel();
    m_shown = shown;
    layColumns();
    endResetModel();
}

void StudyTableModel::layColumns() {
    m_columns = {{Part::Condition, -1}, {Part::Model, -1}};
    for (int m = 0; m < static_cast<int>(m_table.metrics.size()); ++m) {
        m_columns.push_back({Part::Mean, m});
        if (m_shown.change) m_columns.push_back({Part::Change, m});
        if (m_shown.published && m_table.publishedShown) m_columns.push_back({Part::Published, m});
    }
}

const TableRow* StudyTableModel::row(int index) const {
    return index >= 0 && index < rowCount() ? &m_table.rows[static_cast<std::size_t>(index)] : nullptr;
}

// Same model, same slot: hosts in the order of the rows; what was not trained has a slot too, because the paper has it.
int StudyTableModel::slotOf(const TableRow& row) const {
    if (!row.candidate) return -1;
    std::vector<std::string> hosts;
    for (const TableRow& other : m_table.rows) {
        if (other.candidate && std::find(hosts.begin(), hosts.end(), other.host) == hosts.end())
            hosts.push_back(other.host);
        if (&other == &row) break;
    }
    return static_cast<int>(std::find(hosts.begin(), hosts.end(), row.host) - hosts.begin());
}

StudyPlace StudyTableModel::placeOf(const QModelIndex& index) const {
    const TableRow* r = row(index.row());
    if (!r || index.column() >= columnCount() || !r->trained || !r->scored) return {};
    const Column& column = m_columns[static_cast<std::size_t>(index.column())];
    if (column.metric < 0 || !m_table.columns[static_cast<std::size_t>(column.metric)].perClip) return {};
    return {r->label, r->condition, m_table.metrics[static_cast<std::size_t>(column.metric)]};
}

bool StudyTableModel::twoLines() const {
    for (const TableRow& r : m_table.rows)
        for (const TableCell& cell : r.cells)
            if ((m_shown.deviation && !cell.words.deviation.empty()) || (m_shown.change && !cell.words.p.empty()))
                return true;
    return false;
}

int StudyTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}
int StudyTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant StudyTableModel::data(const QModelIndex& index, int role) const {
    const TableRow* r = row(index.row());
    if (!r || index.column() >= columnCount()) return {};
    const Column& column = m_columns[static_cast<std::size_t>(index.column())];
    const TableRow* above = row(index.row() - 1);
    const bool group = above && (above->condition != r->condition);
    switch (role) {
    case PartRole: return static_cast<int>(column.part);
    case GroupRole: return group;
    case SlotRole: return slotOf(*r);
    case PendingRole: return r->trained && !r->scored;
    case ShareRole: return r->wanted > 0 ? static_cast<double>(r->stored) / static_cast<double>(r->wanted) : 0.0;
    default: break;
    }
    if (column.part == Part::Condition) {
        if (role == Qt::DisplayRole) return above && !group ? QString() : StudyWords::condition(*r);
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) return StudyWords::rowName(*r);
        return {};
    }
    if (column.part == Part::Model) {
        if (role == Qt::DisplayRole)
            return r->host == kGroundTruth ? tr("Ground truth") : QString::fromStdString(r->label);
        if (role == SecondRole) {
            if (!r->trained) return tr("not chosen");
            if (r->host == kGroundTruth) return QString();
            QString seeds = r->seeds > 1 ? tr("%n training seed(s)", nullptr, r->seeds) : QString();
            if (r->samplingSeeds > 1)
                seeds +=
                    (seeds.isEmpty() ? QString() : QStringLiteral(" × ")) + tr("%n draw(s)", nullptr, r->samplingSeeds);
            return seeds;
        }
        if (role == Qt::ToolTipRole)
            return r->trained ? StudyWords::rowName(*r)
                              : tr("No model of this kind was chosen; the row shows what was published.");
        return {};
    }
    const auto m = static_cast<std::size_t>(column.metric);
    const TableCell& cell = r->cells[m];
    const CellWords& words = cell.words;
    const bool compared = cell.against.has_value();
    switch (role) {
    case Qt::DisplayRole:
        if (column.part == Part::Published)
            return words.published.empty() ? QString() : StudyWords::number(words.published);
        if (column.part == Part::Change)
            return compared ? StudyWords::number(words.delta) + (words.significant ? QStringLiteral("*") : QString())
                            : QString();
        return cell.known ? StudyWords::number(words.mean) : r->trained && !r->scored ? QString() : dash();
    case SecondRole:
        if (column.part == Part::Change && !words.p.empty()) return tr("p %1").arg(StudyWords::number(words.p));
        if (column.part == Part::Mean && m_shown.deviation && !words.deviation.empty())
            return QStringLiteral("± ") + StudyWords::number(words.deviation) +
                   (r->spread == SeedSpread::SamplingSeeds ? tr(" (s)", "sampling seeds") : QString());
        return QString();
    case BestRole: return column.part == Part::Mean && cell.best;
    case GoodRole:
        if (column.part != Part::Change || !compared || cell.against->delta == 0) return 0;
        if (!words.significant) return 0; // what is not told apart from chance, or cannot be tested, has no colour
        return (cell.against->delta > 0) == m_table.columns[m].higherIsBetter ? 1 : -1;
    case Qt::ToolTipRole: return StudyWords::toolTip(m_table, *r, m);
    case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2: %3")
            .arg(StudyWords::rowName(*r), QString::fromStdString(m_table.metrics[m]),
                 data(index, Qt::DisplayRole).toString());
    default: return {};
    }
}

QVariant StudyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const Column& column = m_columns[static_cast<std::size_t>(section)];
    if (role == PartRole) return static_cast<int>(column.part);
    if (role == Qt::ToolTipRole && column.metric >= 0)
        return column.part == Part::Published
                   ? tr("Published in the EMC paper, Table 1 (REACT 2024, offline): other data, not results of ours")
                   : StudyWords::meaning(m_table.columns[static_cast<std::size_t>(column.metric)]);
    if (role == Qt::UserRole) // of the group of columns
        return column.metric < 0 ? QString()
                                 : QStringLiteral("%1 %2").arg(
                                       QString::fromStdString(m_table.metrics[static_cast<std::size_t>(column.metric)]),
                                       StudyWords::arrow(m_table.columns[static_cast<std::size_t>(column.metric)]));
    if (role != Qt::DisplayRole) return {};
    switch (column.part) {
    case Part::Condition: return tr("Condition");
    case Part::Model: return tr("Model");
    case Part::Mean: return tr("ours");
    case Part::Change: return tr("change");
    case Part::Published: return tr("publ.");
    }
    return {};
}

} // namespace emc
