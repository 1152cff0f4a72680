#pragma once
// Which moments of a clip a reaction hangs on: the change when a sliding window is missing, as a lane over the clip.
#include <optional>

#include "app/pages/evaluate/result_tab.h"
#include "core/api/study_service.h"

class QComboBox;
class QSpinBox;

namespace emc {

class CurvePlot;

class OcclusionTab : public ResultTab {
    Q_OBJECT
public:
    explicit OcclusionTab(QWidget* parent = nullptr);
    void setRows(const StudyTable& table);  // models that can be asked
    void setClips(const StudyClips& clips); // by name; without them only their numbers are known
    StudyPlace place() const;               // of the chosen row; label empty: none
    int clip() const;
    OcclusionOptions options() const;
    QJsonObject state() const;
    void setState(const QJsonObject& state); // row and clip are taken up as soon as the table knows them
    void setResult(const StudyOcclusion& result);
    const StudyOcclusion& result() const { return m_result; }
    bool hasResult() const override { return !m_result.points.empty(); }
    static QString jobKind() { return QStringLiteral("occlusion"); }
    void setBusy(bool busy);
    CurvePlot& lane() { return *m_lane; }

private:
    // A row and a clip that the table does not know yet. A figure of the terminal names a model instead of a row.
    struct Wish {
        QString label, condition, model;
        int clip = -1;
    };
    void draw() override;
    void takeUpWish();
    QComboBox *m_row, *m_what;
    QSpinBox *m_clip, *m_window, *m_step;
    CurvePlot *m_lane, *m_groups;
    StudyOcclusion m_result;
    std::optional<Wish> m_wish;
    bool m_busy = false;
};

} // namespace emc
