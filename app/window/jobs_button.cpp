#include "app/window/jobs_button.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/item_models/queue_model.h"

namespace emc {

namespace {
QString stateWord(JobState state) {
    switch (state) {
    case JobState::Running: return QueueModel::stateText(QueueState::Running);
    case JobState::Paused: return QueueModel::stateText(QueueState::Paused);
    case JobState::Finishing: return QueueModel::stateText(QueueState::Finishing);
    case JobState::Cancelling: return QueueModel::stateText(QueueState::Cancelling);
    case JobState::Done: return QueueModel::stateText(QueueState::Done);
    case JobState::Failed: return QueueModel::stateText(QueueState::Failed);
    case JobState::Cancelled: return QueueModel::stateText(QueueState::Cancelled);
    case JobState::Idle:
    case JobState::Queued: break;
    }
    return QueueModel::stateText(QueueState::Queued);
}
} // namespace

JobsPopup::JobsPopup(JobRunner& jobs, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_jobs(jobs), m_rows(new QVBoxLayout(this)) {
    setProperty("panel", true);
    setFixedWidth(420);
    m_rows->setContentsMargins(12, 12, 12, 12);
    m_rows->setSpacing(12);
    setAccessibleName(tr("Jobs"));
    connect(&m_jobs, &JobRunner::changed, this, [this] {
        if (isVisible()) refresh();
    });
}

void JobsPopup::refresh() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget()) item->widget()->hide(), item->widget()->deleteLater();
        delete item;
    }
    std::vector<JobInfo> list = m_jobs.list();
    std::erase_if(list, [](const JobInfo& info) { return info.spec.quiet && info.state != JobState::Failed; });
    if (list.size() > 8) list.erase(list.begin(), list.end() - 8);
    m_rows->addWidget(makeLabel(tr("Jobs"), "title", this));
    if (list.empty()) m_rows->addWidget(makeLabel(tr("Nothing is running."), "muted", this));
    for (auto it = list.rbegin(); it != list.rend(); ++it) addRow(*it);
    adjustSize();
}

void JobsPopup::addRow(const JobInfo& info) {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(makeLabel(info.spec.name, nullptr, box), 1);
    const JobId id = info.id;
    const auto button = [&](const char* icon, const QString& name, auto act) {
        auto* b = new IconButton(QLatin1String(icon), name, box, 24);
        connect(b, &QToolButton::clicked, this, act);
        row->addWidget(b);
    };
    if (allowed(info.state, JobAction::Pause)) button("pause", tr("Pause"), [this, id] { m_jobs.pause(id); });
    if (allowed(info.state, JobAction::Resume)) button("play", tr("Resume"), [this, id] { m_jobs.resume(id); });
    if (info.spec.canFinishEarly && allowed(info.state, JobAction::FinishEarly))
        button("finish", tr("Finish and keep"), [this, id] { m_jobs.finishEarly(id); });
    if (allowed(info.state, JobAction::Cancel)) button("stop", tr("Cancel"), [this, id] { m_jobs.cancel(id); });
    if (info.state == JobState::Failed)
        button("copy", tr("Copy details"), [details = info.details] { QApplication::clipboard()->setText(details); });
    if (isFinal(info.state)) button("cross", tr("Remove from the list"), [this, id] { m_jobs.forget(id), refresh(); });
    column->addLayout(row);
    if (!isFinal(info.state)) {
        auto* bar = new QProgressBar(box);
        bar->setRange(0, info.total > 0 ? 1000 : 0);
        if (info.total > 0) bar->setValue(static_cast<int>(1000 * info.done / info.total));
        bar->setTextVisible(false);
        if (info.state == JobState::Paused) bar->setProperty("state", QStringLiteral("paused"));
        column->addWidget(bar);
    }
    QString note = info.state == JobState::Failed ? info.problem : stateWord(info.state);
    if (!info.text.isEmpty() && !isFinal(info.state)) note += QStringLiteral(" · ") + info.text;
    if (info.secondsLeft >= 0) note += QStringLiteral(" · ") + tr("%1 left").arg(timeLeftText(info.secondsLeft));
    auto* label = makeLabel(note, info.state == JobState::Failed ? "danger" : "caption", box);
    label->setWordWrap(true);
    column->addWidget(label);
    m_rows->addWidget(box);
}

JobsButton::JobsButton(JobRunner& jobs, QWidget* parent)
    : QAbstractButton(parent), m_jobs(jobs), m_popup(new JobsPopup(jobs, this)) {
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Jobs"));
    connect(this, &QAbstractButton::clicked, this, &JobsButton::open);
    connect(&m_jobs, &JobRunner::changed, this, &JobsButton::refresh);
    refresh();
}

void JobsButton::open() {
    m_popup->refresh();
    m_popup->move(mapToGlobal(QPoint(width() - m_popup->width(), height() + 4)));
    m_popup->show();
}

void JobsButton::refresh() {
    const int count = m_jobs.liveCount();
    double share = 0;
    int known = 0;
    for (const JobInfo& info : m_jobs.list())
        if (!info.spec.quiet && !isFinal(info.state) && info.total > 0) share += info.done / info.total, ++known;
    const QString text = count ? tr("%n running", nullptr, count) : tr("no jobs");
    const bool barBefore = m_share >= 0;
    m_share = known ? share / known : -1;
    if (text != this->text()) {
        setText(text);
        setAccessibleName(tr("Jobs, %1").arg(text));
        updateGeometry();
    } else if (barBefore != (m_share >= 0)) updateGeometry(); // the bar needs room before the arrow
    update();
}

QSize JobsButton::sizeHint() const {
    return {10 + 16 + 8 + QFontMetrics(Theme::of(this).font(12, QFont::Medium)).horizontalAdvance(text()) +
                (m_share >= 0 ? 48 : 0) + 8 + 12 + 8,
            28};
}

void JobsButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(hasFocus() ? theme.accent : theme.border, hasFocus() ? 2 : 1));
    p.setBrush(isDown() ? theme.pressed : underMouse() ? theme.hover : theme.raised);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    p.drawPixmap(10, 6, iconPixmap(QStringLiteral("jobs"), theme.text, 16, devicePixelRatioF()));
    p.setFont(theme.font(12, QFont::Medium));
    p.setPen(theme.text);
    const int width = QFontMetrics(p.font()).horizontalAdvance(text());
    p.drawText(QRect(34, 0, width + 2, height()), Qt::AlignVCenter, text());
    if (m_share >= 0) {
        const QRectF bar(34 + width + 8, height() / 2.0 - 2, 40, 4);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.pressed);
        p.drawRoundedRect(bar, 2, 2);
        p.setBrush(theme.accent);
        p.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * std::clamp(m_share, 0.05, 1.0), 4)), 2, 2);
    }
    p.drawPixmap(this->width() - 20, 8,
                 iconPixmap(QStringLiteral("chevron-down"), theme.muted, 12, devicePixelRatioF()));
}

} // namespace emc
