#pragma once
// A list of named values with a bar for each and the distribution of all of them above: clips under a cell of a table,
// samples of a clip.
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QTableView;

namespace emc {

class ValueListModel;
class ValueStrip;

struct ValueRow {
    int id = 0; // told back when the row is chosen
    QString name, note, toolTip;
    double value = 0; // NaN: no value
    std::optional<double> reference;
    int mark = 0; // 1 best, -1 worst
};

class ValueList : public QWidget {
    Q_OBJECT
public:
    explicit ValueList(QWidget* parent = nullptr);
    // Headings of the columns; an empty one hides its column.
    void setHeadings(const QString& name, const QString& value, const QString& reference, const QString& note);
    // `best first` sorts by value; otherwise the order stays. Rows without a value come last.
    void setRows(std::vector<ValueRow> rows, int decimals, bool sorted, bool highFirst);
    void choose(int id); // silent
    int chosen() const;  // -1: none
    int count() const;
    QTableView* table() { return m_table; }

signals:
    void rowChosen(int id);
    void rowActivated(int id); // double click or Enter

private:
    ValueListModel* m_model;
    ValueStrip* m_strip;
    QTableView* m_table;
    bool m_quiet = false;
};

} // namespace emc
