#include "app/window/top_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QPainter>
#include <QTabBar>

#include "app/window/jobs_button.h"
#include "widgets/common/controls.h"

namespace emc {

namespace {

// The workspaces: larger than the tabs of a dock, the underline on the edge of the bar.
class PageTabs : public QTabBar {
public:
    using QTabBar::QTabBar;

protected:
    QSize tabSizeHint(int index) const override {
        return {QFontMetrics(Theme::of(this).font(13, QFont::DemiBold)).horizontalAdvance(tabText(index)) + 32,
                metrics::kTopBar};
    }
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        for (int i = 0; i < count(); ++i) {
            const QRect r = tabRect(i);
            const bool on = i == currentIndex();
            const bool hovered = r.contains(mapFromGlobal(QCursor::pos()));
            p.setFont(theme.font(13, on ? QFont::DemiBold : QFont::Medium));
            p.setPen(on || hovered ? theme.text : theme.muted);
            p.drawText(r, Qt::AlignCenter, tabText(i));
            if (on) p.fillRect(QRect(r.left() + 4, r.bottom() - 1, r.width() - 8, 2), theme.accent);
            if (on && hasFocus()) {
                p.setPen(QPen(theme.accent, 2));
                p.drawRoundedRect(r.adjusted(3, 5, -3, -5), 4, 4);
            }
        }
    }
};

} // namespace

TopBar::TopBar(JobRunner& jobs, QWidget* parent)
    : QWidget(parent), m_menus(new QMenuBar(this)), m_tabs(new PageTabs(this)),
      m_undo(new IconButton(QStringLiteral("undo"), tr("Undo"), this)),
      m_redo(new IconButton(QStringLiteral("redo"), tr("Redo"), this)),
      m_theme(new IconButton(QStringLiteral("moon"), tr("Switch theme"), this)), m_jobs(new JobsButton(jobs, this)) {
    setFixedHeight(metrics::kTopBar + 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(4);
    m_menus->setNativeMenuBar(false);
    m_menus->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tabs->setAccessibleName(tr("Workspaces"));
    m_tabs->setAttribute(Qt::WA_Hover);
    auto* between = makeLine(Qt::Vertical, this);
    between->setFixedHeight(20);
    auto* between2 = makeLine(Qt::Vertical, this);
    between2->setFixedHeight(20);
    row->addWidget(m_menus);
    row->addSpacing(8);
    row->addWidget(between);
    row->addSpacing(8);
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    row->addSpacing(4);
    row->addWidget(between2);
    row->addSpacing(4);
    row->addWidget(m_jobs);
    row->addWidget(m_theme);
    column->addLayout(row, 1);
    column->addWidget(makeLine(Qt::Horizontal, this));
    connect(m_tabs, &QTabBar::currentChanged, this, &TopBar::pageChosen);
    connect(m_theme, &QToolButton::clicked, this, &TopBar::themeToggled);
}

void TopBar::addPage(const QString& title) {
    m_tabs->addTab(title);
}
QString TopBar::pageName(int index) const {
    return m_tabs->tabText(index);
}
void TopBar::setPage(int index) {
    m_tabs->setCurrentIndex(index);
}
void TopBar::openJobs() {
    m_jobs->open();
}

void TopBar::setUndo(QAction* undo, QAction* redo) {
    const auto bind = [](IconButton* button, QAction* action) {
        const auto refresh = [button, action] {
            button->setEnabled(action->isEnabled());
            button->setName(action->text(), action->shortcut().toString(QKeySequence::NativeText));
        };
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, refresh);
        refresh();
    };
    bind(m_undo, undo);
    bind(m_redo, redo);
}

void TopBar::setDark(bool dark) {
    m_theme->setIconName(dark ? QStringLiteral("moon") : QStringLiteral("sun"));
    m_theme->setName(dark ? tr("Switch to the light theme") : tr("Switch to the dark theme"));
}

} // namespace emc
