#pragma once
// The one row on top: menus, workspaces, undo and redo, jobs, theme.
#include <QWidget>

class QAction;
class QLabel;
class QMenuBar;
class QTabBar;

namespace emc {

class IconButton;
class JobRunner;
class JobsButton;

class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(JobRunner& jobs, QWidget* parent = nullptr);
    QMenuBar* menus() const { return m_menus; }
    void addPage(const QString& title);
    QString pageName(int index) const;
    void setPage(int index);
    void setUndo(QAction* undo, QAction* redo);
    void setDark(bool dark);
    void openJobs();

signals:
    void pageChosen(int index);
    void themeToggled();

private:
    QMenuBar* m_menus;
    QTabBar* m_tabs;
    IconButton *m_undo, *m_redo, *m_theme;
    JobsButton* m_jobs;
};

} // namespace emc
