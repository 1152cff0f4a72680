#pragma once
// The paper's table for a view: one row per model and condition, and for every metric our value, its change against the
// original and the published one.
#include <QAbstractTableModel>

#include <vector>

#include "core/api/study.h"

namespace emc {

class StudyTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Part { Condition, Model, Mean, Change, Published };
    struct Column {
        Part part = Part::Mean;
        int metric = -1; // index of table().metrics
    };
    enum Role {
        PartRole = Qt::UserRole + 1, // Part as int
        SecondRole,                  // smaller line below: "± 0.004", "p 0.012"
        BestRole,                    // bold
        GoodRole,                    // of a change: 1 better, -1 worse, 0 not told apart
        GroupRole,                   // the row begins another condition
        SlotRole,                    // of the model, 0-based; -1 = baselines and the ground truth
        PendingRole,                 // not scored yet
        ShareRole                    // of its reactions that are stored, 0 to 1
    };
    struct Shown {
        bool change = true, deviation = true, published = true;
        friend bool operator==(const Shown&, const Shown&) = default;
    };

    explicit StudyTableModel(QObject* parent = nullptr);
    // A table with the same rows and metrics keeps selection and scroll position.
    void setTable(StudyTable table);
    const StudyTable& table() const { return m_table; }
    void setShown(const Shown& shown);
    const Shown& shown() const { return m_shown; }
    const std::vector<Column>& columns() const { return m_columns; }
    // Empty metric: not a number's place. The ground truth has clips too; rows without numbers have none.
    StudyPlace placeOf(const QModelIndex& index) const;
    bool twoLines() const; // some cell has a second line

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void layColumns();
    const TableRow* row(int index) const;
    int slotOf(const TableRow& row) const;

    StudyTable m_table;
    Shown m_shown;
    std::vector<Column> m_columns;
};

} // namespace emc
