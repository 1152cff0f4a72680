#pragma once
// Curves of a score against what is missing, with bands, one plot for each modality and kind.
#include <vector>

#include "app/pages/evaluate/result_tab.h"
#include "core/api/study_service.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QSpinBox;

namespace emc {

class CurvePlot;
class FlowLayout;

class RobustnessTab : public ResultTab {
    Q_OBJECT
public:
    explicit RobustnessTab(QWidget* parent = nullptr);
    CurveRequest request() const;
    void setResult(const Robustness& result);
    const Robustness& result() const { return m_result; }
    bool hasResult() const override { return !m_result.curves.empty(); }
    static QString jobKind() { return QStringLiteral("robustness"); }
    void setBusy(bool busy); // some study is running: nothing can be started
    QJsonObject state() const;
    void setState(const QJsonObject& state);
    const std::vector<CurvePlot*>& plots() const { return m_plots; }

private:
    void draw() override;
    QComboBox *m_metric, *m_what;
    QSpinBox *m_burst, *m_seeds;
    QCheckBox *m_bursts, *m_failures;
    QWidget *m_grid, *m_legend;
    FlowLayout* m_legendRow;
    QGridLayout* m_cells;
    std::vector<CurvePlot*> m_plots;
    Robustness m_result;
};

} // namespace emc
