#include "widgets/item_models/models_model.h"

#include <algorithm>

#include "widgets/item_models/model_order.h"

namespace emc {

ModelsModel::ModelsModel(QObject* parent) : QAbstractListModel(parent) {}

void ModelsModel::setModels(const std::vector<ModelInfo>& models) {
    beginResetModel();
    QVector<Row> rows;
    for (const ModelInfo& info : usableFirst(models, hasWeights)) {
        Row row{info, {}, 0};
        if (const int before = rowOf(QString::fromStdString(info.name)); before >= 0)
            row.state = m_rows[before].state, row.slot = m_rows[before].slot;
        rows.append(row);
    }
    m_rows = std::move(rows);
    endResetModel();
}

void ModelsModel::setListener(bool available, const QString& state) {
    m_listenerState = state;
    const int row = static_cast<int>(m_rows.size());
    if (available == m_listener) {
        if (available) emit dataChanged(index(row), index(row));
        return;
    }
    if (available) {
        beginInsertRows({}, row, row);
        m_listener = true;
        endInsertRows();
    } else {
        beginRemoveRows({}, row, row);
        m_listener = false;
        endRemoveRows();
    }
}

void ModelsModel::setState(const QString& name, const QString& state) {
    const int row = rowOf(name);
    if (row < 0 || m_rows[row].state == state) return;
    m_rows[row].state = state;
    emit dataChanged(index(row), index(row), {StateRole});
}

void ModelsModel::setCheckable(int most) {
    m_most = std::clamp(most, 1, kSlots);
}

int ModelsModel::rowOf(const QString& name) const {
    for (int i = 0; i < m_rows.size(); ++i)
        if (QString::fromStdString(m_rows[i].info.name) == name) return i;
    return -1;
}

int ModelsModel::freeSlot() const {
    int used = 0;
    for (const Row& row : m_rows) used += row.slot > 0;
    if (used >= m_most) return 0;
    for (int slot = 1; slot <= kSlots; ++slot)
        if (std::none_of(m_rows.begin(), m_rows.end(), [slot](const Row& row) { return row.slot == slot; }))
            return slot;
    return 0;
}

bool ModelsModel::setChecked(const QString& name, bool checked) {
    const int at = rowOf(name);
    if (at < 0) return false;
    Row& row = m_rows[at];
    if ((row.slot > 0) == checked) return true;
    if (checked) {
        if (!hasWeights(row.info)) return false;
        const int slot = freeSlot();
        if (slot == 0) {
            emit slotsFull();
            return false;
        }
        row.slot = slot;
    } else {
        row.slot = 0;
    }
    emit dataChanged(index(at), index(at), {Qt::CheckStateRole, SlotRole});
    emit checkedChanged();
    return true;
}

bool ModelsModel::isChecked(const QString& name) const {
    return slotOf(name) > 0;
}
bool ModelsModel::listenerChecked() const {
    return m_listener && m_listenerChecked;
}

void ModelsModel::setListenerChecked(bool checked) {
    if (checked == m_listenerChecked) return;
    m_listenerChecked = checked;
    if (!m_listener) return;
    const QModelIndex at = index(static_cast<int>(m_rows.size()));
    emit dataChanged(at, at, {Qt::CheckStateRole});
    emit listenerCheckedChanged(checked);
}

int ModelsModel::slotOf(const QString& name) const {
    const int at = rowOf(name);
    return at < 0 ? 0 : m_rows[at].slot;
}

QStringList ModelsModel::checkedNames() const {
    QStringList names;
    for (int slot = 1; slot <= kSlots; ++slot)
        for (const Row& row : m_rows)
            if (row.slot == slot) names.append(QString::fromStdString(row.info.name));
    return names;
}

void ModelsModel::swapSlots(int a, int b) {
    if (a == b || a < 1 || b < 1 || a > kSlots || b > kSlots) return;
    bool any = false;
    for (int i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        if (row.slot != a && row.slot != b) continue;
        row.slot = row.slot == a ? b : a;
        any = true;
        emit dataChanged(index(i), index(i), {SlotRole});
    }
    if (any) emit checkedChanged();
}

const ModelInfo* ModelsModel::model(const QModelIndex& index) const {
    return index.isValid() && index.row() < m_rows.size() ? &m_rows[index.row()].info : nullptr;
}

int ModelsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + (m_listener ? 1 : 0);
}

QVariant ModelsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (index.row() == m_rows.size()) {
        switch (role) {
        case Qt::DisplayRole: return tr("Real listener");
        case Qt::CheckStateRole: return m_listenerChecked ? Qt::Checked : Qt::Unchecked;
        case StateRole: return m_listenerState;
        case IsListenerRole: return true;
        case UsableRole: return true;
        case SlotRole: return 0;
        default: return {};
        }
    }
    const Row& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole: return QString::fromStdString(row.info.label.empty() ? row.info.name : row.info.label);
    case Qt::CheckStateRole: return row.slot > 0 ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return hasWeights(row.info) ? QString::fromStdString(row.info.help)
                                    : tr("No weights were found for this model. Train it or open a checkpoint.");
    case Qt::AccessibleTextRole: {
        const QString label = data(index, Qt::DisplayRole).toString();
        return row.slot > 0 ? tr("%1, slot %2").arg(label).arg(row.slot) : label;
    }
    case NameRole: return QString::fromStdString(row.info.name);
    case SlotRole: return row.slot;
    case StateRole: return hasWeights(row.info) ? row.state : tr("no weights");
    case UsableRole: return hasWeights(row.info);
    case IsListenerRole: return false;
    case HelpRole: return QString::fromStdString(row.info.help);
    default: return {};
    }
}

bool ModelsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid() || index.row() >= rowCount()) return false;
    const bool checked = value.toInt() == Qt::Checked;
    if (index.row() == m_rows.size()) {
        setListenerChecked(checked);
        return true;
    }
    return setChecked(QString::fromStdString(m_rows[index.row()].info.name), checked);
}

Qt::ItemFlags ModelsModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    const ModelInfo* info = model(index);
    const Qt::ItemFlags base = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return !info || hasWeights(*info) ? base | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable : base;
}

} // namespace emc
