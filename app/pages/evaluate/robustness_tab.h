#pragma once
// Curves of a score against what is missing, with bands, one plot for each modality and kind.
#include <QWidget>

#include <vector>

#include "core/api/study_service.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QSpinBox;

namespace emc {

class Button;
class CurvePlot;

class RobustnessTab : public QWidget {
    Q_OBJECT
public:
    explicit RobustnessTab(QWidget* parent = nullptr);
    CurveRequest request() const;
    void setResult(const Robustness& result);
    const Robustness& result() const { return m_result; }
    bool hasResult() const { return !m_result.curves.empty(); }
    void setBusy(bool busy); // some study is running: nothing can be started
    QJsonObject state() const;
    void setState(const QJsonObject& state);
    const std::vector<CurvePlot*>& plots() const { return m_plots; }

signals:
    void startRequested();
    void exportRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    QComboBox *m_metric, *m_what;
    QSpinBox *m_burst, *m_seeds;
    QCheckBox *m_bursts, *m_failures;
    Button *m_start, *m_export;
    QLabel *m_empty, *m_note;
    QWidget *m_grid, *m_legend;
    QHBoxLayout* m_legendRow;
    QGridLayout* m_cells;
    std::vector<CurvePlot*> m_plots;
    Robustness m_result;
};

} // namespace emc
