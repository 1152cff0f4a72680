#pragma once
// The curves of the runs that are shown: four plots over the steps, one row that names the runs, smoothing and scale.
#include <QFrame>
#include <QJsonObject>

#include <array>
#include <vector>

#include "app/pages/train/run_curves.h"

class QComboBox;
class QLabel;
class QSlider;

namespace emc {

class CurvePlot;
class SegmentedControl;

// A run as the plots show it; `curves` stays the caller's.
struct ShownRun {
    QString name;
    int slot = 1; // 1..6
    const RunCurves* curves = nullptr;
    bool live = false;
};

class TrainCurves : public QFrame {
    Q_OBJECT
public:
    explicit TrainCurves(QWidget* parent = nullptr);
    void setRuns(const std::vector<ShownRun>& runs); // their curves are copied
    void setNarrow(bool narrow);                     // no room for the chosen quantity and the names
    QJsonObject state() const;                       // smoothing, scale, chosen quantity
    void restore(const QJsonObject& state);

signals:
    void quantityChosen(); // setRuns() has to be called again

private:
    void fillQuantities(const std::vector<ShownRun>& runs);
    void fillLegend(const std::vector<ShownRun>& runs);
    void plot(int index, const QString& name, const std::vector<ShownRun>& runs);
    void applySmoothing();

    std::array<CurvePlot*, 4> m_plots{}; // loss, rec, a chosen one, val: the names that training logs
    QSlider* m_smooth = nullptr;
    QLabel* m_smoothValue = nullptr;
    SegmentedControl* m_scale = nullptr;
    QComboBox* m_quantity = nullptr; // of the third plot
    QWidget* m_legend = nullptr;
    QStringList m_legendNames;
};

} // namespace emc
