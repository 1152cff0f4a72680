#include "app/pages/evaluate/result_tab.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include "widgets/common/controls.h"

namespace emc {

void ResultTab::build(std::initializer_list<QWidget*> choices, const QString& start, QWidget* body,
                      const QString& empty) {
    auto* outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    QFrame* panel = makePanel(this);
    outside->addWidget(panel);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 8, 6);
    head->setSpacing(8);
    for (QWidget* choice : choices) head->addWidget(choice);
    head->addStretch(1);
    m_export = new Button(tr("Export"), panel, QStringLiteral("export"));
    m_start = new Button(start, panel, QStringLiteral("play"));
    head->addWidget(m_export);
    head->addWidget(m_start);
    column->addLayout(head);
    column->addWidget(makeLine(Qt::Horizontal, panel));
    m_body = body;
    column->addWidget(m_body, 1);
    m_emptyText = empty;
    m_empty = makeLabel(empty, "muted", panel);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(48, 0, 48, 0);
    column->addWidget(m_empty, 1);
    m_note = makeLabel({}, "caption", panel);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(12, 0, 12, 8);
    column->addWidget(m_note);
    connect(m_start, &QPushButton::clicked, this, &ResultTab::startRequested);
    connect(m_export, &QPushButton::clicked, this, &ResultTab::exportRequested);
    refresh();
}

QSpinBox* ResultTab::spin(int low, int high, int value, const QString& prefix, const QString& suffix,
                          const QString& name) {
    auto* made = new QSpinBox(this);
    made->setRange(low, high);
    made->setValue(value);
    made->setPrefix(prefix);
    made->setSuffix(suffix);
    made->setAccessibleName(name);
    made->setToolTip(name);
    return made;
}

void ResultTab::setStartEnabled(bool enabled) {
    m_start->setEnabled(enabled);
}

void ResultTab::setMeasuring(bool measuring) {
    m_empty->setText(measuring ? tr("Measuring. The result appears here when it is complete.") : m_emptyText);
}

void ResultTab::setNote(const QString& note) {
    m_note->setText(note);
}

void ResultTab::refresh() {
    const bool any = hasResult();
    m_empty->setVisible(!any);
    m_body->setVisible(any);
    m_note->setVisible(any);
    m_export->setEnabled(any);
    if (any) draw();
}

void ResultTab::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_body && hasResult()) draw(); // curves carry colours of the theme
}

} // namespace emc
