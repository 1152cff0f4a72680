#pragma once
// The queue of jobs as a table: state, name, progress, step, time left.
#include <QAbstractTableModel>
#include <QVector>

namespace emc {

enum class QueueState { Queued, Running, Paused, Finishing, Cancelling, Done, Failed, Cancelled };

struct QueueRow {
    quint64 id = 0;
    QueueState state = QueueState::Queued;
    int slot = 0;               // colour of its curves; 0 = none
    QString name, detail;       // detail: "clip 3 of 20"
    double done = 0, total = 0; // total 0 = unknown
    double secondsLeft = -1;    // < 0 = unknown
    QString device, error;
};

class QueueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Name, Progress, Detail, TimeLeft, Device, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole,
        SlotRole,
        ProgressRole,
        ErrorRole
    }; // ProgressRole: 0..1 or -1 when unknown

    explicit QueueModel(QObject* parent = nullptr);
    void put(const QueueRow& row); // by id; appends when new
    void remove(quint64 id);
    void clearFinished();
    const QueueRow* row(const QModelIndex& index) const;
    const QueueRow* find(quint64 id) const;
    int runningCount() const;       // running, finishing, cancelling
    double overallProgress() const; // mean of the running ones, 0..1; -1 when unknown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString stateText(QueueState state);

private:
    QVector<QueueRow> m_rows;
};

// "00:39:12" or "39 s"; "–" when unknown.
QString timeLeftText(double seconds);

} // namespace emc
