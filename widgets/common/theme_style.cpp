#include "widgets/common/theme_style.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace emc {

namespace {

QPalette paletteOf(const Theme& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.base);
    p.setColor(QPalette::AlternateBase, t.base);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.danger);
    p.setColor(QPalette::Highlight, t.selection);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accentText);
    p.setColor(QPalette::LinkVisited, t.accentText);
    p.setColor(QPalette::Light, t.hover);
    p.setColor(QPalette::Midlight, t.raised);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    return p;
}

// %name% is replaced by a colour of the theme. Buttons take focus by keyboard only (Qt::TabFocus), so `:focus` is the
// ring.
constexpr char kSheet[] = R"(
QToolTip { background: %raised%; color: %text%; border: 1px solid %controlBorder%; padding: 4px 6px; }
QMenuBar { background: transparent; spacing: 0; }
QMenuBar::item { background: transparent; padding: 6px 8px; border-radius: 4px; margin: 6px 0; }
QMenuBar::item:selected { background: %hover%; }
QMenuBar::item:pressed { background: %pressed%; }
QMenu { background: %raised%; border: 1px solid %controlBorder%; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 3px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: %selection%; }
QMenu::item:disabled { color: %disabled%; }
QMenu::separator { height: 1px; background: %border%; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: url(:/emc/icons/qss-tick%mode-tick%.svg); background: %primaryFill%; border-radius: 3px; }

QPushButton { background: %raised%; color: %text%; border: 1px solid %border%; border-radius: 4px; padding: 0 11px; min-height: 26px; font-weight: 500; }
QPushButton:hover { background: %hover%; }
QPushButton:pressed { background: %pressed%; }
QPushButton:checked { background: %selection%; }
QPushButton:disabled { color: %disabled%; background: %window%; }
QPushButton:focus { border: 2px solid %accent%; padding: 0 10px; min-height: 24px; }
QPushButton[primary="true"] { background: %primaryFill%; color: white; border-color: %primaryFill%; }
QPushButton[primary="true"]:hover { background: %accent%; }
QPushButton[primary="true"]:disabled { background: %raised%; color: %disabled%; border-color: %border%; }
QPushButton[primary="true"]:focus { border: 2px solid %text%; }
QPushButton[danger="true"] { color: %danger%; }
QPushButton[danger="true"]:disabled { color: %disabled%; }
QPushButton[small="true"] { min-height: 22px; padding: 0 8px; }
QPushButton[small="true"]:focus { min-height: 20px; padding: 0 7px; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: %hover%; }
QPushButton[link="true"] { background: transparent; border: none; color: %accentText%; padding: 0 2px; min-height: 18px; text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 1px solid %accent%; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; }
QToolButton:hover { background: %hover%; }
QToolButton:pressed, QToolButton:open { background: %pressed%; }
QToolButton:checked { background: %selection%; }
QToolButton:focus { border: 2px solid %accent%; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit { background: %base%; color: %text%; border: 1px solid %controlBorder%; border-radius: 4px; selection-background-color: %primaryFill%; selection-color: white; }
QLineEdit { padding: 0 7px; min-height: 26px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: %muted%; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid %accent%; }
QLineEdit:focus { padding: 0 6px; min-height: 24px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: %disabled%; border-color: %border%; background: %window%; }
QSpinBox, QDoubleSpinBox { padding: 0 4px; min-height: 26px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 0 3px; min-height: 24px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button { background: transparent; border: none; width: 14px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/emc/icons/qss-up-%mode%.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/emc/icons/qss-down-%mode%.svg); width: 10px; height: 10px; }
QComboBox { padding: 0 4px 0 8px; min-height: 26px; }
QComboBox:focus { padding: 0 3px 0 7px; min-height: 24px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/emc/icons/qss-down-%mode%.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: %raised%; border: 1px solid %controlBorder%; selection-background-color: %selection%; selection-color: %text%; outline: none; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: 24px; padding-left: 6px; }

QCheckBox { spacing: 8px; }
QCheckBox:disabled { color: %disabled%; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid %controlBorder%; border-radius: 3px; background: %base%; }
QCheckBox::indicator:hover, QAbstractItemView::indicator:hover { border-color: %muted%; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: %primaryFill%; border-color: %primaryFill%; image: url(:/emc/icons/qss-tick.svg); }
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled { border-color: %border%; background: %raised%; }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { image: url(:/emc/icons/qss-tick-%mode%.svg); }
QCheckBox::indicator:focus { border: 2px solid %accent%; }

QAbstractItemView { background: %base%; border: none; outline: none; selection-background-color: %selection%; selection-color: %text%; }
QTreeView::item, QListView::item { min-height: 28px; border: none; }
QTableView::item { padding: 0 8px; border: none; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: %hover%; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: %selection%; color: %text%; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url(:/emc/icons/qss-right-%mode%.svg); }
QTreeView::branch:has-children:open { image: url(:/emc/icons/qss-down-%mode%.svg); }
QTableView { gridline-color: %border%; }
QHeaderView { background: %raised%; border: none; }
QHeaderView::section { background: %raised%; color: %muted%; border: none; border-bottom: 1px solid %border%; padding: 0 8px; min-height: 28px; font-size: 12px; font-weight: 500; }
QTableCornerButton::section { background: %raised%; border: none; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: %muted%; border: none; border-bottom: 2px solid transparent; padding: 0 12px; min-height: 29px; font-weight: 500; }
QTabBar::tab:hover { color: %text%; }
QTabBar::tab:selected { color: %text%; border-bottom: 2px solid %accent%; font-weight: 600; }
QTabBar::tab:focus { border: 2px solid %accent%; }
QTabWidget::pane { border: none; border-top: 1px solid %border%; }

QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: %pressed%; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: %controlBorder%; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: %pressed%; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: %accent%; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: %text%; }
QSlider::handle:horizontal:focus { border: 2px solid %accent%; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; }
QProgressBar { background: %pressed%; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; text-align: center; color: transparent; }
QProgressBar::chunk { background: %accent%; border-radius: 2px; }
QProgressBar[state="paused"]::chunk { background: %muted%; }
QProgressBar[state="failed"]::chunk { background: %danger%; }
QProgressBar[state="done"]::chunk { background: %ok%; }
QSplitter::handle { background: %border%; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: %accent%; }
QStatusBar { background: %window%; border-top: 1px solid %border%; }
QStatusBar::item { border: none; }
QDialog { background: %window%; }
QGroupBox { border: 1px solid %border%; border-radius: 4px; margin-top: 14px; }

QFrame[panel="true"] { background: %base%; border: 1px solid %border%; border-radius: 4px; }
QFrame[line="true"] { background: %border%; border: none; }
QLabel[role="muted"] { color: %muted%; }
QLabel[role="caption"] { color: %muted%; font-size: 11px; }
QLabel[role="field"] { color: %muted%; font-size: 12px; }
QLabel[role="card"] { font-size: 12px; font-weight: 600; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="count"] { font-size: 20px; font-weight: 600; }
QLabel[role="danger"] { color: %danger%; }
QLabel[role="ok"] { color: %ok%; }
)";

} // namespace

QString styleSheetOf(const Theme& t) {
    QString sheet = QString::fromLatin1(kSheet);
    const std::pair<const char*, const QColor*> colours[] = {{"raised", &t.raised},
                                                             {"text", &t.text},
                                                             {"controlBorder", &t.controlBorder},
                                                             {"hover", &t.hover},
                                                             {"pressed", &t.pressed},
                                                             {"selection", &t.selection},
                                                             {"disabled", &t.disabled},
                                                             {"border", &t.border},
                                                             {"primaryFill", &t.primaryFill},
                                                             {"window", &t.window},
                                                             {"accent", &t.accent},
                                                             {"danger", &t.danger},
                                                             {"ok", &t.ok},
                                                             {"accentText", &t.accentText},
                                                             {"base", &t.base},
                                                             {"muted", &t.muted}};
    for (const auto& [name, colour] : colours)
        sheet.replace(QLatin1Char('%') + QLatin1String(name) + QLatin1Char('%'), colour->name());
    sheet.replace(QLatin1String("%mode-tick%"), QString());
    sheet.replace(QLatin1String("%mode%"), t.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return sheet;
}

void applyStyle(QApplication& application, const Theme& theme) {
    initIconResources();
    if (!application.property("emcStyled").toBool()) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        application.setProperty("emcStyled", true);
    }
    QApplication::setFont(theme.font(13));
    QApplication::setPalette(paletteOf(theme));
    application.setStyleSheet(styleSheetOf(theme));
}

} // namespace emc
