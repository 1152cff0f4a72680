#pragma once
// Clips in groups (corpora): a tree of two levels for the left dock.
#include <QAbstractItemModel>
#include <QVector>

namespace emc {

struct ClipRow {
    QString id, path, name; // path: what Backend::openClip takes
    double seconds = 0;
    bool hasFace = true, hasSpeech = true, synthetic = false;
    QString fault; // shown with a warning sign; empty when well
    QStringList tags;
};
struct ClipGroup {
    QString name, path;
    QVector<ClipRow> clips;
    bool writable = false; // videos may be dropped on it
};

class ClipsModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Duration, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole + 1,
        IdRole,
        IsGroupRole,
        FaultRole,
        SecondsRole,
        TagsRole,
        CountRole,
        SearchRole
    };

    explicit ClipsModel(QObject* parent = nullptr);
    void setGroups(QVector<ClipGroup> groups);
    void addGroup(const ClipGroup& group);
    void addClip(const QString& groupPath, const ClipRow& clip);            // a new group when the path is unknown
    void addClips(const QString& groupPath, const QVector<ClipRow>& clips); // at the end; none may be there already
    void updateClip(const ClipRow& clip);                                   // of the same path, wherever it is
    void removeClip(const QString& path);
    int clipCount() const;
    QModelIndex indexOfPath(const QString& path) const;
    const ClipRow* clip(const QModelIndex& index) const;    // null for groups
    const ClipGroup* group(const QModelIndex& index) const; // of the group itself or of the clip's group

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

signals:
    void filesDropped(const QString& groupPath, const QStringList& files);

public:
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;
    Qt::DropActions supportedDropActions() const override;

private:
    int groupRowOf(const QString& path); // a new group when the path is unknown
    QVector<ClipGroup> m_groups;
};

} // namespace emc
