#pragma once
// "2 running" with a bar; opens the list of jobs with their stop buttons.
#include <QAbstractButton>
#include <QFrame>

#include "app/jobs/job_runner.h"

class QVBoxLayout;

namespace emc {

class JobsPopup : public QFrame {
    Q_OBJECT
public:
    JobsPopup(JobRunner& jobs, QWidget* parent);
    void refresh();

private:
    void addRow(const JobInfo& info);
    JobRunner& m_jobs;
    QVBoxLayout* m_rows;
};

class JobsButton : public QAbstractButton {
    Q_OBJECT
public:
    JobsButton(JobRunner& jobs, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    void open();

protected:
    void paintEvent(QPaintEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    void refresh();
    JobRunner& m_jobs;
    JobsPopup* m_popup;
    double m_share = -1;
};

} // namespace emc
