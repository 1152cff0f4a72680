#include "widgets/item_models/queue_model.h"

#include <algorithm>
#include <cmath>

namespace emc {

namespace {
double shareOf(const QueueRow& row) {
    return row.total > 0 ? std::clamp(row.done / row.total, 0.0, 1.0) : -1.0;
}
bool isActive(QueueState s) {
    return s == QueueState::Running || s == QueueState::Finishing || s == QueueState::Cancelling;
}
bool isFinished(QueueState s) {
    return s == QueueState::Done || s == QueueState::Failed || s == QueueState::Cancelled;
}
} // namespace

QString timeLeftText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("\u2013");
    const auto whole = static_cast<qint64>(std::ceil(std::min(seconds, 3.6e6)));
    if (whole < 100) return QStringLiteral("%1\u2009s").arg(whole);
    return QStringLiteral("%1:%2:%3")
        .arg(whole / 3600, 2, 10, QChar(u'0'))
        .arg(whole / 60 % 60, 2, 10, QChar(u'0'))
        .arg(whole % 60, 2, 10, QChar(u'0'));
}

QueueModel::QueueModel(QObject* parent) : QAbstractTableModel(parent) {}

void QueueModel::put(const QueueRow& row) {
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id != row.id) continue;
        m_rows[i] = row;
        emit dataChanged(index(i, 0), index(i, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(m_rows.size()));
    m_rows.append(row);
    endInsertRows();
}

void QueueModel::remove(quint64 id) {
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id != id) continue;
        beginRemoveRows({}, i, i);
        m_rows.removeAt(i);
        endRemoveRows();
        return;
    }
}

void QueueModel::clearFinished() {
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i)
        if (isFinished(m_rows[i].state)) remove(m_rows[i].id);
}

const QueueRow* QueueModel::row(const QModelIndex& index) const {
    return index.isValid() && index.row() < m_rows.size() ? &m_rows[index.row()] : nullptr;
}

const QueueRow* QueueModel::find(quint64 id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const QueueRow& row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

int QueueModel::runningCount() const {
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const QueueRow& row) { return isActive(row.state); }));
}

double QueueModel::overallProgress() const {
    double sum = 0;
    int known = 0;
    for (const QueueRow& row : m_rows)
        if (isActive(row.state) && shareOf(row) >= 0) sum += shareOf(row), ++known;
    return known ? sum / known : -1;
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int QueueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    const QueueRow* r = row(index);
    if (!r) return {};
    const double share = shareOf(*r);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case State: return stateText(r->state);
        case Name: return r->name;
        case Progress:
            return share < 0 ? QStringLiteral("\u2013")
                             : QStringLiteral("%1\u2009%").arg(static_cast<int>(std::floor(share * 100)));
        case Detail: return r->state == QueueState::Failed ? r->error : r->detail;
        case TimeLeft: return isFinished(r->state) ? QStringLiteral("\u2013") : timeLeftText(r->secondsLeft);
        case Device: return r->device;
        default: return {};
        }
    case Qt::TextAlignmentRole:
        return index.column() == TimeLeft ? int(Qt::AlignRight | Qt::AlignVCenter)
                                          : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole: return r->error;
    case IdRole: return r->id;
    case StateRole: return static_cast<int>(r->state);
    case SlotRole: return r->slot;
    case ProgressRole: return share;
    case ErrorRole: return r->error;
    default: return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return section == TimeLeft ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case State: return tr("State");
    case Name: return tr("Job");
    case Progress: return tr("Progress");
    case Detail: return tr("Doing");
    case TimeLeft: return tr("Time left");
    case Device: return tr("Device");
    default: return {};
    }
}

QString QueueModel::stateText(QueueState state) {
    switch (state) {
    case QueueState::Queued: return tr("Queued");
    case QueueState::Running: return tr("Running");
    case QueueState::Paused: return tr("Paused");
    case QueueState::Finishing: return tr("Finishing");
    case QueueState::Cancelling: return tr("Cancelling");
    case QueueState::Done: return tr("Done");
    case QueueState::Failed: return tr("Failed");
    case QueueState::Cancelled: return tr("Cancelled");
    }
    return {};
}

} // namespace emc
