#include "widgets/common/fault_text.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/common/controls.h"

namespace emc {

FaultText::FaultText(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QFont FaultText::face() const {
    return Theme::of(this).font(12);
}

void FaultText::setText(const QString& text) {
    if (text == m_text) return;
    m_text = text;
    setAccessibleName(text);
    layOut();
    updateGeometry();
}

QStringList FaultText::wrapped(int width, int most, bool* elided) const {
    if (elided) *elided = false;
    QStringList lines;
    QTextLayout layout(m_text, face());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // names of tensors and paths have no spaces
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width));
        if (most >= 0 && lines.size() == most) { // there is more than fits: the last line says so
            if (!lines.isEmpty()) lines.back() = lines.back().trimmed() + QChar(0x2026);
            while (!lines.isEmpty() && lines.back().size() > 1 &&
                   QFontMetrics(face()).horizontalAdvance(lines.back()) > width)
                lines.back().remove(lines.back().size() - 2, 1);
            if (elided) *elided = true;
            break;
        }
        lines.append(m_text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

int FaultText::heightForWidth(int width) const {
    return static_cast<int>(wrapped(width, -1, nullptr).size()) * QFontMetrics(face()).lineSpacing();
}

QSize FaultText::sizeHint() const {
    const int width = std::min(420, QFontMetrics(face()).horizontalAdvance(m_text) + 2);
    return {width, heightForWidth(width)};
}

QSize FaultText::minimumSizeHint() const {
    return {60, QFontMetrics(face()).lineSpacing() * (m_text.isEmpty() ? 0 : 1)};
}

void FaultText::layOut() {
    m_lines = wrapped(width(), height() / std::max(1, QFontMetrics(face()).lineSpacing()), &m_elided);
    setToolTip(m_elided ? m_text : QString());
    update();
}

QStringList FaultText::lines() const {
    return m_lines;
}

void FaultText::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(face());
    painter.setPen(Theme::of(this).muted);
    const int step = painter.fontMetrics().lineSpacing();
    int y = std::max(0, (height() - step * static_cast<int>(m_lines.size())) / 2);
    for (const QString& line : m_lines) {
        painter.drawText(QRect(0, y, width(), step), Qt::AlignCenter, line);
        y += step;
    }
}

void showFault(QWidget* parent, const QString& title, const QString& details) {
    QDialog dialog(parent);
    dialog.setWindowTitle(title);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    auto* text = new QPlainTextEdit(details, &dialog);
    text->setReadOnly(true);
    text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    text->setFont(Theme::of(parent).mono(11));
    text->setAccessibleName(title);
    column->addWidget(text, 1);
    auto* foot = new QHBoxLayout;
    auto* copy = new Button(FaultText::tr("Copy details"), &dialog, QStringLiteral("copy"));
    auto* close = new Button(FaultText::tr("Close"), &dialog);
    QObject::connect(copy, &QPushButton::clicked, &dialog, [details] { QApplication::clipboard()->setText(details); });
    QObject::connect(close, &QPushButton::clicked, &dialog, &QDialog::accept);
    foot->addStretch(1);
    foot->addWidget(copy);
    foot->addWidget(close);
    column->addLayout(foot);
    dialog.resize(640, 400);
    dialog.exec();
}

} // namespace emc
