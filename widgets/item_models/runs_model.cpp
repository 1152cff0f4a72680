#include "widgets/item_models/runs_model.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace emc {

namespace {
QString folderOf(const RunInfo& run) {
    return QString::fromStdString(run.folder.string());
}

QString stateText(const std::string& state) {
    if (state == "running") return RunsModel::tr("running");
    if (state == "done") return RunsModel::tr("done");
    if (state == "interrupted") return RunsModel::tr("interrupted");
    if (state == "failed") return RunsModel::tr("failed");
    return QString::fromStdString(state);
}
} // namespace

RunsModel::RunsModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunsModel::setRuns(const std::vector<RunInfo>& runs) {
    const bool same = std::equal(runs.begin(), runs.end(), m_runs.begin(), m_runs.end(),
                                 [](auto& a, auto& b) { return a.folder == b.folder; });
    if (same) { // a refresh: selection and scroll position stay
        m_runs = QVector<RunInfo>(runs.begin(), runs.end());
        if (!m_runs.isEmpty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_runs = QVector<RunInfo>(runs.begin(), runs.end());
    const auto before = m_checked.size();
    m_checked.removeIf([&](const QString& folder) {
        return std::none_of(m_runs.begin(), m_runs.end(), [&](auto& r) { return folderOf(r) == folder; });
    });
    endResetModel();
    if (m_checked.size() != before) emit checkedChanged();
}

void RunsModel::updateRun(const RunInfo& run) {
    for (int i = 0; i < m_runs.size(); ++i) {
        if (m_runs[i].folder != run.folder) continue;
        m_runs[i] = run;
        emit dataChanged(index(i, 0), index(i, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, static_cast<int>(m_runs.size()), static_cast<int>(m_runs.size()));
    m_runs.append(run);
    endInsertRows();
}

const RunInfo* RunsModel::run(const QModelIndex& index) const {
    return index.isValid() && index.row() < m_runs.size() ? &m_runs[index.row()] : nullptr;
}

std::vector<RunInfo> RunsModel::checkedRuns() const {
    std::vector<RunInfo> runs;
    for (const QString& folder : m_checked)
        for (const RunInfo& run : m_runs)
            if (folderOf(run) == folder) runs.push_back(run);
    return runs;
}

void RunsModel::uncheckAll() {
    if (m_checked.isEmpty()) return;
    m_checked.clear();
    if (!m_runs.isEmpty()) emit dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::CheckStateRole});
    emit checkedChanged();
}

int RunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}
int RunsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    const RunInfo* r = run(index);
    if (!r) return {};
    const bool validated = std::isfinite(r->bestValidation) && r->bestValidation != 0;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name: return QString::fromStdString(r->name);
        case Model: return QString::fromStdString(r->model);
        case State: return stateText(r->state);
        case Steps:
            return r->steps > 0 ? QStringLiteral("%1 / %2").arg(r->step).arg(r->steps) : QString::number(r->step);
        case Validation: return validated ? QLocale().toString(r->bestValidation, 'f', 4) : QStringLiteral("\u2013");
        case Folder: return folderOf(*r);
        default: return {};
        }
    case SortRole:
        switch (index.column()) {
        case Steps: return static_cast<qlonglong>(r->step);
        case Validation: return validated ? r->bestValidation : 1e300; // runs without a value last
        default: return data(index, Qt::DisplayRole);
        }
    case Qt::TextAlignmentRole:
        return index.column() == Steps || index.column() == Validation ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                       : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::CheckStateRole:
        if (index.column() != Name) return {};
        return m_checked.contains(folderOf(*r)) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole: return folderOf(*r);
    case PathRole: return folderOf(*r);
    case StateRole: return QString::fromStdString(r->state);
    case SlotRole: return static_cast<int>(m_checked.indexOf(folderOf(*r))) + 1;
    case SearchRole: return QString::fromStdString(r->name + " " + r->model + " " + r->state + " ") + folderOf(*r);
    default: return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const RunInfo* r = run(index);
    if (!r || role != Qt::CheckStateRole || index.column() != Name) return false;
    const QString folder = folderOf(*r);
    const bool checked = value.toInt() == Qt::Checked;
    if (checked == m_checked.contains(folder)) return true;
    if (checked) {
        m_checked.append(folder);
    } else {
        m_checked.removeAll(folder);
    }
    // Taking one away renumbers the slots of those after it.
    emit dataChanged(this->index(0, Name), this->index(rowCount() - 1, Name), {Qt::CheckStateRole, SlotRole});
    emit checkedChanged();
    return true;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return section == Steps || section == Validation ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                         : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Name: return tr("Run");
    case Model: return tr("Model");
    case State: return tr("State");
    case Steps: return tr("Steps");
    case Validation: return tr("Validation");
    case Folder: return tr("Folder");
    default: return {};
    }
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
    if (!run(index)) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace emc
