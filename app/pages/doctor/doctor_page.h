#pragma once
// Workspace Doctor: what this machine can do, a line each, with the fix.
#include <QWidget>

#include <vector>

#include "app/jobs/job_runner.h"
#include "core/api/backend.h"

class QLabel;
class QVBoxLayout;

namespace emc {

class Button;
class Gauge;
class Mark;

class DoctorPage : public QWidget {
    Q_OBJECT
public:
    DoctorPage(Backend& backend, JobRunner& jobs, QWidget* parent = nullptr);
    bool settled() const { return m_checked; }
    const std::vector<DoctorCheck>& checks() const { return m_checks; }
    QString report() const; // plain text, for bug reports
    // Budgets of the design that this very window can measure; below 0 = not known (yet).
    void setMeasured(double startMs, double toggleMs);

public slots:
    void check();

protected:
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void show(std::vector<DoctorCheck> checks, double seconds);
    QWidget* makeRow(const DoctorCheck& check);
    void fillSide();
    void addGroup(const QString& title, const std::vector<const DoctorCheck*>& checks);
    void refreshMeasured();

    Backend& m_backend;
    JobRunner& m_jobs;
    std::vector<DoctorCheck> m_checks;
    QLabel *m_heading, *m_when, *m_fine, *m_broken;
    Mark* m_brokenMark;
    Button *m_again, *m_copy;
    QVBoxLayout* m_rows;
    QWidget* m_side;
    Gauge *m_start, *m_toggle, *m_memory;
    double m_startMs = -1, m_toggleMs = -1;
    bool m_checked = false, m_running = false;
    JobId m_job = 0;
};

} // namespace emc
