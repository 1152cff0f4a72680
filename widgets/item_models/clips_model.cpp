#include "widgets/item_models/clips_model.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace emc {

namespace {

// Groups have internal id 0, clips the row of their group plus 1.
quintptr idOfGroup() {
    return 0;
}

QString durationText(double seconds) {
    if (!(seconds > 0) || !std::isfinite(seconds)) return QStringLiteral("\u2013");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole >= 3600)
        return QStringLiteral("%1:%2:%3")
            .arg(whole / 3600)
            .arg(whole / 60 % 60, 2, 10, QChar(u'0'))
            .arg(whole % 60, 2, 10, QChar(u'0'));
    return QStringLiteral("%1:%2").arg(whole / 60, 2, 10, QChar(u'0')).arg(whole % 60, 2, 10, QChar(u'0'));
}

} // namespace

ClipsModel::ClipsModel(QObject* parent) : QAbstractItemModel(parent) {}

void ClipsModel::setGroups(QVector<ClipGroup> groups) {
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

void ClipsModel::addGroup(const ClipGroup& group) {
    beginInsertRows({}, static_cast<int>(m_groups.size()), static_cast<int>(m_groups.size()));
    m_groups.append(group);
    endInsertRows();
}

int ClipsModel::groupRowOf(const QString& path) {
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [&](const ClipGroup& g) { return g.path == path; });
    if (found != m_groups.end()) return static_cast<int>(found - m_groups.begin());
    addGroup({path.section(u'/', -1), path, {}, false});
    return static_cast<int>(m_groups.size()) - 1;
}

void ClipsModel::addClips(const QString& groupPath, const QVector<ClipRow>& clips) {
    if (clips.isEmpty()) return;
    const int row = groupRowOf(groupPath);
    QVector<ClipRow>& held = m_groups[row].clips;
    const int first = static_cast<int>(held.size());
    beginInsertRows(index(row, 0), first, first + static_cast<int>(clips.size()) - 1);
    held += clips;
    endInsertRows();
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1)); // its count
}

void ClipsModel::updateClip(const ClipRow& clip) {
    const QModelIndex at = indexOfPath(clip.path);
    if (!at.isValid()) return;
    m_groups[at.parent().row()].clips[at.row()] = clip;
    emit dataChanged(at, at.siblingAtColumn(ColumnCount - 1));
}

void ClipsModel::addClip(const QString& groupPath, const ClipRow& clip) {
    const int groupRow = groupRowOf(groupPath);
    ClipGroup* found = &m_groups[groupRow];
    const QModelIndex parent = index(groupRow, 0);
    for (int i = 0; i < found->clips.size(); ++i) {
        if (found->clips[i].path != clip.path) continue;
        found->clips[i] = clip; // imported again: the row is renewed
        emit dataChanged(index(i, 0, parent), index(i, ColumnCount - 1, parent));
        return;
    }
    beginInsertRows(parent, static_cast<int>(found->clips.size()), static_cast<int>(found->clips.size()));
    found->clips.append(clip);
    endInsertRows();
    emit dataChanged(parent, index(groupRow, ColumnCount - 1)); // its count
}

void ClipsModel::removeClip(const QString& path) {
    const QModelIndex at = indexOfPath(path);
    if (!at.isValid() || !at.parent().isValid()) return;
    const QModelIndex parent = at.parent();
    beginRemoveRows(parent, at.row(), at.row());
    m_groups[parent.row()].clips.removeAt(at.row());
    endRemoveRows();
    emit dataChanged(parent, index(parent.row(), ColumnCount - 1));
}

int ClipsModel::clipCount() const {
    int count = 0;
    for (const ClipGroup& group : m_groups) count += static_cast<int>(group.clips.size());
    return count;
}

QModelIndex ClipsModel::indexOfPath(const QString& path) const {
    for (int g = 0; g < m_groups.size(); ++g)
        for (int c = 0; c < m_groups[g].clips.size(); ++c)
            if (m_groups[g].clips[c].path == path) return createIndex(c, 0, static_cast<quintptr>(g) + 1);
    return {};
}

const ClipRow* ClipsModel::clip(const QModelIndex& index) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.internalId() == idOfGroup()) return nullptr;
    return &m_groups[static_cast<int>(index.internalId()) - 1].clips[index.row()];
}

const ClipGroup* ClipsModel::group(const QModelIndex& index) const {
    if (!index.isValid()) return nullptr;
    const int row = index.internalId() == idOfGroup() ? index.row() : static_cast<int>(index.internalId()) - 1;
    return row < m_groups.size() ? &m_groups[row] : nullptr;
}

QModelIndex ClipsModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent)) return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : idOfGroup());
}

QModelIndex ClipsModel::parent(const QModelIndex& child) const {
    if (!child.isValid() || child.internalId() == idOfGroup()) return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, idOfGroup());
}

int ClipsModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return static_cast<int>(m_groups.size());
    if (parent.column() != 0 || parent.internalId() != idOfGroup() || parent.row() >= m_groups.size()) return 0;
    return static_cast<int>(m_groups[parent.row()].clips.size());
}

int ClipsModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant ClipsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == IsGroupRole) return index.internalId() == idOfGroup();
    if (role == Qt::TextAlignmentRole && index.column() == Duration) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (const ClipRow* row = clip(index)) {
        switch (role) {
        case Qt::DisplayRole: return index.column() == Name ? row->name : durationText(row->seconds);
        case Qt::ToolTipRole: return row->fault.isEmpty() ? row->path : row->fault;
        case Qt::AccessibleTextRole:
            return index.column() == Name ? (row->fault.isEmpty() ? row->name : tr("%1, %2").arg(row->name, row->fault))
                                          : durationText(row->seconds);
        case PathRole: return row->path;
        case IdRole: return row->id;
        case FaultRole: return row->fault;
        case SecondsRole: return row->seconds;
        case TagsRole: return row->tags;
        case SearchRole: return row->name + u' ' + row->id + u' ' + row->tags.join(u' ') + u' ' + row->fault;
        default: return {};
        }
    }
    const ClipGroup& group = m_groups[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? QVariant(group.name) : QVariant(QString::number(group.clips.size()));
    case Qt::ToolTipRole: return group.path;
    case PathRole: return group.path;
    case CountRole: return static_cast<int>(group.clips.size());
    case SearchRole: return group.name;
    default: return {};
    }
}

QVariant ClipsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("Clip") : section == Duration ? tr("Length") : QVariant();
}

Qt::ItemFlags ClipsModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.internalId() != idOfGroup()) flags |= Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    if (const ClipGroup* owner = group(index); owner && owner->writable) flags |= Qt::ItemIsDropEnabled;
    return flags;
}

QStringList ClipsModel::mimeTypes() const {
    return {QStringLiteral("text/uri-list")};
}

QMimeData* ClipsModel::mimeData(const QModelIndexList& indexes) const {
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes)
        if (const ClipRow* row = index.column() == 0 ? clip(index) : nullptr)
            urls.append(QUrl::fromLocalFile(row->path));
    if (urls.isEmpty()) return nullptr;
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

bool ClipsModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex& parent) const {
    const ClipGroup* target = group(parent);
    return data && target && target->writable && data->hasUrls();
}

bool ClipsModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                              const QModelIndex& parent) {
    if (action == Qt::IgnoreAction) return true;
    if (!canDropMimeData(data, action, row, column, parent)) return false;
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files.append(url.toLocalFile());
    if (files.isEmpty()) return false;
    emit filesDropped(group(parent)->path, files);
    return false; // nothing is moved here: the page imports and then adds the clip
}

Qt::DropActions ClipsModel::supportedDropActions() const {
    return Qt::CopyAction;
}

} // namespace emc
