#include "app/window/status_line.h"

#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QThread>

#include <unistd.h>

#include "widgets/common/controls.h"

namespace emc {

StatusLine::StatusLine(QWidget* parent) : QWidget(parent) {
    setFixedHeight(metrics::kStatusBar);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(26, 1, 12, 0);
    row->setSpacing(16);
    const auto label = [&] {
        auto* made = makeLabel({}, "caption", this);
        row->addWidget(made);
        return made;
    };
    m_session = label();
    m_frame = label();
    m_clip = label();
    row->addStretch(1);
    m_machine = label();
    m_sound = label();
    m_sound->hide();
    refreshMachine();
    startTimer(2000);
}

void StatusLine::setSession(const QString& text, bool saved) {
    m_saved = saved;
    m_session->setText(text);
    update();
}

void StatusLine::setFrame(const QString& text) {
    m_frame->setText(text), m_frame->setVisible(!text.isEmpty());
}
void StatusLine::setClip(const QString& text) {
    m_clip->setText(text), m_clip->setVisible(!text.isEmpty());
}
void StatusLine::setSound(const QString& text) {
    m_sound->setText(text), m_sound->setVisible(!text.isEmpty());
}
void StatusLine::timerEvent(QTimerEvent*) {
    refreshMachine();
}

void StatusLine::refreshMachine() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    QString memory;
    if (statm.open(QIODevice::ReadOnly)) {
        const qint64 pages = statm.readAll().split(' ').value(1).toLongLong();
        memory = QStringLiteral(" · ") + tr("%1 MB").arg(locale().toString(pages * sysconf(_SC_PAGESIZE) / (1 << 20)));
    }
    m_machine->setText(tr("%n thread(s)", nullptr, QThread::idealThreadCount()) + memory);
}

void StatusLine::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter p(this);
    p.fillRect(0, 0, width(), 1, theme.border);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(m_saved ? theme.ok : theme.warning);
    if (m_saved) p.drawEllipse(QPointF(16, height() / 2.0 + 0.5), 4, 4);
    else { // another shape, so that the state does not hang on colour alone
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(theme.warning, 1.5));
        p.drawEllipse(QPointF(16, height() / 2.0 + 0.5), 3.5, 3.5);
    }
}

} // namespace emc
