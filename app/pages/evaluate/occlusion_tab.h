#pragma once
// Which moments of a clip a reaction hangs on: the change when a sliding window is missing, as a lane over the clip.
#include <QWidget>

#include "core/api/study_service.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace emc {

class Button;
class CurvePlot;

class OcclusionTab : public QWidget {
    Q_OBJECT
public:
    explicit OcclusionTab(QWidget* parent = nullptr);
    void setRows(const StudyTable& table);  // models that can be asked
    void setClips(const StudyClips& clips); // by name; without them only their numbers are known
    StudyPlace place() const;               // of the chosen row; label empty: none
    int clip() const;
    OcclusionOptions options() const;
    void setResult(const StudyOcclusion& result);
    const StudyOcclusion& result() const { return m_result; }
    bool hasResult() const { return !m_result.points.empty(); }
    void setBusy(bool busy);
    CurvePlot& lane() { return *m_lane; }

signals:
    void startRequested();
    void exportRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    QComboBox *m_row, *m_what;
    QSpinBox *m_clip, *m_window, *m_step;
    Button *m_start, *m_export;
    CurvePlot *m_lane, *m_groups;
    QLabel *m_empty, *m_note;
    QWidget* m_body;
    StudyOcclusion m_result;
    bool m_busy = false;
};

} // namespace emc
