// ExplorePage: how the page is divided, for the size of the window and as the user wants it.
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QStackedWidget>

#include <algorithm>

#include "app/pages/explore/explore_page.h"
#include "app/pages/explore/left_dock.h"
#include "app/pages/explore/transport_bar.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

void ExplorePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    adapt();
}

// The dock over the page: a click beside it or Esc folds it again, as with a menu.
void ExplorePage::setFlyout(bool open) {
    if (open == m_flyout) return adapt();
    m_flyout = open;
    if (open) qApp->installEventFilter(this);
    else qApp->removeEventFilter(this);
    adapt();
}

bool ExplorePage::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::MouseButtonPress, key = event->type() == QEvent::KeyPress;
    auto* widget = m_flyout && (press || key) ? qobject_cast<QWidget*>(watched) : nullptr;
    if (widget && widget->window() == window()) { // a dialog or a menu of the dock is none of its outside
        // By place and not by receiver: what nobody wants inside goes on to this page.
        const auto over = [event](const QWidget* part) {
            return part->rect().contains(
                part->mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition()).toPoint());
        };
        const bool escape = key && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
        if (escape || (press && !over(m_left) && !over(m_rail))) {
            setFlyout(false);
            return escape;
        }
    }
    return QWidget::eventFilter(watched, event);
}

// Sizes of theme.md 11. The user's own splitter positions are kept while the class of size stays.
void ExplorePage::adapt() {
    const int width = this->width();
    const bool wideCma = m_stack->currentIndex() == 1;
    const int sizeClass = (width < 1400 ? 0 : width < 1800 ? 1 : 2) * 2 + (wideCma ? 1 : 0);
    const bool rail = width < 1400 || wideCma;
    m_rail->setVisible(rail);
    if (rail && m_flyout) {
        if (m_left->parentWidget() != this) m_left->setParent(this);
        m_left->setGeometry(m_rail->width() + 1, 0, 264, height());
        m_left->show(), m_left->raise();
    } else if (rail) {
        if (m_left->parentWidget() != this) m_left->setParent(this);
        m_left->hide();
    } else if (m_left->parentWidget() != m_across) {
        m_flyout = false;
        qApp->removeEventFilter(this);
        m_across->insertWidget(0, m_left);
        m_across->setStretchFactor(0, 0);
        m_left->show();
    }
    if (sizeClass == m_sizeClass) return;
    m_sizeClass = sizeClass;
    const bool compact = width < 1400;
    m_left->setMinimumWidth(200);
    m_left->setMaximumWidth(360);
    m_timeline->setCompact(compact || wideCma);
    m_transport->setCompact(compact);
    m_transport->setNarrow(wideCma);
    m_transport->setRoomy(width >= 1700 || compact);
    m_attention->setCompact(compact);
    m_quantityLabel->setVisible(!compact && !wideCma);
    m_viewLabel->setVisible(!wideCma);
    m_quantity->setVisible(!wideCma);
    m_rightDock->setMaximumWidth(wideCma ? QWIDGETSIZE_MAX : std::max(300, width / 2));
    const Proportions& own = m_proportions[wideCma ? 1 : 0];
    const int left = rail ? 0 : own.left > 0 ? own.left : sizeClass >= 4 ? 264 : metrics::kLeftDock;
    const int available = width - (rail ? 41 : 0);
    const int right = own.right > 0    ? static_cast<int>(available * own.right)
                      : wideCma        ? static_cast<int>(available * (compact ? 0.66 : 0.72))
                      : compact        ? 308
                      : sizeClass >= 4 ? 420
                                       : metrics::kRightDock;
    QList<int> sizes;
    if (!rail) sizes << left;
    sizes << available - left - right << right;
    m_across->setSizes(sizes);
    const double panesShare = own.panes > 0 ? own.panes : wideCma ? 0.52 : height() < 800 ? 0.31 : 0.36;
    const int panes = static_cast<int>((height() - metrics::kViewBar) * panesShare);
    m_down->setSizes({panes, height() - panes});
    soloPane(wideCma ? 0 : -1);
}

void ExplorePage::rememberSizes() {
    if (m_sizeClass < 0) return;
    Proportions& own = m_proportions[static_cast<std::size_t>(m_sizeClass % 2)];
    const QList<int> across = m_across->sizes(), down = m_down->sizes();
    const int available = width() - (m_rail->isVisible() ? 41 : 0), tall = height() - metrics::kViewBar;
    if (across.size() == 3) own.left = across.front();
    if (available > 0) own.right = double(across.back()) / available;
    if (tall > 0) own.panes = double(down.front()) / tall;
}

QJsonObject ExplorePage::layoutState() const {
    QJsonObject state;
    const char* const names[] = {"plain", "cma"};
    for (std::size_t i = 0; i < m_proportions.size(); ++i) {
        const Proportions& own = m_proportions[i];
        if (own.left > 0 || own.right > 0 || own.panes > 0)
            state.insert(QLatin1String(names[i]), QJsonObject{{QStringLiteral("left"), own.left},
                                                              {QStringLiteral("right"), own.right},
                                                              {QStringLiteral("panes"), own.panes}});
    }
    if (m_solo >= 0) state.insert(QStringLiteral("solo"), m_solo);
    if (m_clip && m_zoom.second > m_zoom.first && m_zoom.second - m_zoom.first < m_clip->info.frames - 1)
        state.insert(QStringLiteral("zoom"), QJsonArray{m_zoom.first, m_zoom.second});
    return state;
}

// What the file says is a wish: everything is brought into what the page allows.
void ExplorePage::restoreLayout(const QJsonObject& state) {
    const char* const names[] = {"plain", "cma"};
    for (std::size_t i = 0; i < m_proportions.size(); ++i) {
        const QJsonObject own = state.value(QLatin1String(names[i])).toObject();
        const auto share = [&](const char* key) {
            const double value = own.value(QLatin1String(key)).toDouble(-1);
            return value > 0.05 && value < 0.95 ? value : -1.0;
        };
        const int left = own.value(QStringLiteral("left")).toInt(-1);
        m_proportions[i] = {left > 0 ? std::clamp(left, 200, 360) : -1, share("right"), share("panes")};
    }
    const QJsonArray zoom = state.value(QStringLiteral("zoom")).toArray();
    m_wantedZoom = {zoom.at(0).toDouble(0), zoom.at(1).toDouble(0)};
    m_wantedSolo = std::clamp(state.value(QStringLiteral("solo")).toInt(-1), -1, 5);
    m_sizeClass = -1;
    adapt();
    if (m_clip) applyWanted();
}

// The parts of a layout that need the clip and its panes.
void ExplorePage::applyWanted() {
    if (const auto [first, last] = m_wantedZoom; last > first && first >= 0 && last <= m_clip->info.frames)
        m_timeline->setView(first, last);
    m_wantedZoom = {};
    if (m_wantedSolo >= 0 && m_wantedSolo < static_cast<int>(m_panes.size())) soloPane(m_wantedSolo);
    m_wantedSolo = -1;
}

} // namespace emc
