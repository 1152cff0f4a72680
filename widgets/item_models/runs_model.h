#pragma once
// The run library: one line a run, checkable for comparing.
#include <QAbstractTableModel>
#include <QVector>

#include <vector>

#include "core/api/backend.h"

namespace emc {

class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Model, State, Steps, Validation, Folder, ColumnCount };
    enum Role { PathRole = Qt::UserRole + 1, SortRole, StateRole, SlotRole, SearchRole };

    explicit RunsModel(QObject* parent = nullptr);
    void setRuns(const std::vector<RunInfo>& runs); // keeps checks; changes rows in place when the folders are the same
    void updateRun(const RunInfo& run);             // by folder; appends when new
    const RunInfo* run(const QModelIndex& index) const;
    std::vector<RunInfo> checkedRuns() const; // in order of checking
    void uncheckAll();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void checkedChanged();

private:
    QVector<RunInfo> m_runs;
    QStringList m_checked; // folders, in order
};

} // namespace emc
