#pragma once
// The look of the paper's table: groups of columns, two lines in a cell, published values in a shaded column of their
// own, best in bold, changes in green and red with their sign.
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

#include "widgets/study/study_table_model.h"

class QPainter;

namespace emc {

class StudyTableView : public QTableView {
    Q_OBJECT
public:
    explicit StudyTableView(StudyTableModel* model, QWidget* parent = nullptr);
    // PNG, SVG or PDF by suffix: title, table, caption. Throws emc::Error(Usage | Io).
    void exportFigure(const QString& path, const QString& title, const QString& caption,
                      const QString& session = {}) const;

signals:
    void placeChosen(const emc::StudyPlace& place); // double click or Enter on a number with clips
    void cellSelected(int row, int metric);         // metric -1: none

protected:
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fit(); // widths and heights for what is shown
    StudyTableModel& m_table;
};

} // namespace emc
