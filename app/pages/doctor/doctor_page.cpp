#include "app/pages/doctor/doctor_page.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QSysInfo>
#include <QThread>
#include <QTime>

#include <unistd.h>

#include <algorithm>
#include <set>

#include "app/pages/doctor/doctor_parts.h"
#include "widgets/common/controls.h"

namespace emc {

namespace {

// The checks of the core by what a user wants to do; what is not listed stands under "Other".
struct Group {
    const char* title;
    std::vector<const char*> checks;
};
const std::vector<Group>& groups() {
    static const std::vector<Group> all = {
        {QT_TRANSLATE_NOOP("emc::DoctorPage", "Playback and import"),
         {"H.264 and AAC", "Sound", "Sound output", "Face networks", "Video, sound, 3D"}},
        {QT_TRANSLATE_NOOP("emc::DoctorPage", "3D and display"), {"3D heads", "OpenGL", "Screen"}},
        {QT_TRANSLATE_NOOP("emc::DoctorPage", "Computing"), {"EMC Studio", "LibTorch", "CUDA"}},
        {QT_TRANSLATE_NOOP("emc::DoctorPage", "Files"),
         {"Demo clip", "Demo weights", "Demo clip and weights", "Official features", "Disk", "Session folder"}}};
    return all;
}

// Names, and sentences without numbers, of the core's checks: what the translations know by context "Doctor".
[[maybe_unused]] constexpr const char* kKnown[] = {
    QT_TRANSLATE_NOOP("Doctor", "H.264 and AAC"),
    QT_TRANSLATE_NOOP("Doctor", "3D heads"),
    QT_TRANSLATE_NOOP("Doctor", "Face networks"),
    QT_TRANSLATE_NOOP("Doctor", "Video, sound, 3D"),
    QT_TRANSLATE_NOOP("Doctor", "Demo clip"),
    QT_TRANSLATE_NOOP("Doctor", "Demo weights"),
    QT_TRANSLATE_NOOP("Doctor", "Official features"),
    QT_TRANSLATE_NOOP("Doctor", "Disk"),
    QT_TRANSLATE_NOOP("Doctor", "not found"),
    QT_TRANSLATE_NOOP("Doctor", "not in this build"),
    QT_TRANSLATE_NOOP("Doctor", "Run ./studio setup"),
    QT_TRANSLATE_NOOP("Doctor", "Install libegl1 and libgl1-mesa-dri"),
    QT_TRANSLATE_NOOP("Doctor", "Install ffmpeg's libraries with libx264"),
    QT_TRANSLATE_NOOP("Doctor", "Set EMC_RESOURCES to the resources folder of the source tree"),
    QT_TRANSLATE_NOOP("Doctor", "Free at least 2 GB: runs and films need it")};
QString words(const std::string& text) {
    return text.empty() ? QString() : QCoreApplication::translate("Doctor", text.c_str());
}

double memoryGb() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly)) return -1;
    return static_cast<double>(statm.readAll().split(' ').value(1).toLongLong()) *
           static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e9;
}

} // namespace

DoctorPage::DoctorPage(Backend& backend, JobRunner& jobs, QWidget* parent)
    : QWidget(parent), m_backend(backend), m_jobs(jobs) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* main = new QVBoxLayout;
    main->setContentsMargins(8, 8, 8, 8);
    main->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 4, 4);
    head->setSpacing(8);
    m_heading = makeLabel(tr("Checking this machine"), "heading", this);
    m_heading->setWordWrap(true);
    m_when = makeLabel({}, "caption", this);
    m_again = new Button(tr("Check again"), this, QStringLiteral("reset"));
    m_copy = new Button(tr("Copy report"), this, QStringLiteral("copy"));
    head->addWidget(m_heading, 1);
    head->addWidget(m_when);
    head->addWidget(m_again);
    head->addWidget(m_copy);
    main->addLayout(head);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget(scroll);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_rows = new QVBoxLayout;
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(8);
    column->addLayout(m_rows);
    column->addStretch(1);
    scroll->setWidget(body);
    main->addWidget(scroll, 1);
    row->addLayout(main, 1);
    row->addWidget(makeLine(Qt::Vertical, this));

    m_side = new QWidget(this);
    m_side->setFixedWidth(320);
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(16, 16, 16, 12);
    side->setSpacing(12);
    side->addWidget(makeLabel(tr("Summary"), "title", m_side));
    const auto count = [&](Mark* mark, const QString& words) {
        auto* line = new QHBoxLayout;
        line->setSpacing(12);
        line->addWidget(mark);
        auto* number = makeLabel(QStringLiteral("–"), "count", m_side);
        number->setMinimumWidth(28);
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line->addWidget(number);
        line->addWidget(makeLabel(words, "muted", m_side), 1);
        side->addLayout(line);
        return number;
    };
    m_fine = count(new Mark(QStringLiteral("ok"), true, 24, m_side), tr("fine"));
    m_brokenMark = new Mark(QStringLiteral("error"), false, 24, m_side);
    m_broken = count(m_brokenMark, tr("need a fix"));
    side->addWidget(makeLine(Qt::Horizontal, m_side));
    side->addWidget(makeLabel(tr("Budgets, measured in this window"), "title", m_side));
    auto* gauges = new QVBoxLayout;
    gauges->setSpacing(2);
    m_start = new Gauge(tr("Start to usable window"), QStringLiteral("s"), 1.5, 2, m_side);
    m_toggle = new Gauge(tr("Last new reaction"), QStringLiteral("ms"), 150, 0, m_side);
    m_memory = new Gauge(tr("Memory"), QStringLiteral("GB"), 1.5, 2, m_side);
    for (Gauge* gauge : {m_start, m_toggle, m_memory}) gauges->addWidget(gauge);
    side->addLayout(gauges);
    side->addWidget(makeLine(Qt::Horizontal, m_side));
    side->addWidget(makeLabel(tr("Versions"), "title", m_side));
    fillSide();
    side->addStretch(1);
    side->addWidget(makeLine(Qt::Horizontal, m_side));
    auto* terminal = new QHBoxLayout;
    auto* command = new QLabel(QStringLiteral("emc doctor --json"), m_side);
    command->setFont(Theme::of(this).mono(11));
    command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copyCommand = new IconButton(QStringLiteral("copy"), tr("Copy the command"), m_side);
    connect(copyCommand, &QToolButton::clicked, this,
            [command] { QApplication::clipboard()->setText(command->text()); });
    terminal->addWidget(command, 1);
    terminal->addWidget(copyCommand);
    side->addLayout(terminal);
    row->addWidget(m_side);

    startTimer(2000);
    connect(m_again, &QPushButton::clicked, this, &DoctorPage::check);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(report()); });
    connect(&m_jobs, &JobRunner::ended, this, [this](JobId id, JobState state) {
        if (id != m_job || state == JobState::Done) return;
        m_running = false, m_checked = true;
        const JobInfo* info = m_jobs.find(id);
        m_heading->setText(tr("The check itself failed: %1").arg(info ? info->problem : QString()));
        m_again->setEnabled(true);
    });
}

void DoctorPage::fillSide() {
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(6);
    form->setLabelAlignment(Qt::AlignLeft);
    const auto add = [&](const QString& name, const QString& value) {
        auto* label = new QLabel(value, m_side);
        label->setWordWrap(true);
        form->addRow(makeLabel(name, "muted", m_side), label);
    };
    add(QStringLiteral("EMC Studio"), QStringLiteral(EMC_VERSION));
    add(tr("System"), QSysInfo::prettyProductName());
    add(tr("Kernel"), QSysInfo::kernelVersion());
    add(QStringLiteral("Qt"),
        tr("%1, platform %2").arg(QString::fromLatin1(qVersion()), QGuiApplication::platformName()));
    add(tr("Processor"),
        tr("%1, %n thread(s)", nullptr, QThread::idealThreadCount()).arg(QSysInfo::currentCpuArchitecture()));
    if (const QScreen* screen = QGuiApplication::primaryScreen())
        add(tr("Screen"), tr("%1 × %2 at %3 %")
                              .arg(screen->size().width())
                              .arg(screen->size().height())
                              .arg(qRound(screen->devicePixelRatio() * 100)));
    add(tr("Language"),
        QLocale().language() == QLocale::C ? QStringLiteral("English") : QLocale().nativeLanguageName());
    static_cast<QVBoxLayout*>(m_side->layout())->addLayout(form);
}

void DoctorPage::setMeasured(double startMs, double toggleMs) {
    if (startMs >= 0) m_startMs = startMs;
    if (toggleMs >= 0) m_toggleMs = toggleMs;
    if (isVisible()) refreshMeasured();
}

void DoctorPage::refreshMeasured() {
    m_start->set(m_startMs < 0 ? -1 : m_startMs / 1000);
    m_toggle->set(m_toggleMs);
    m_memory->set(memoryGb());
}

void DoctorPage::timerEvent(QTimerEvent*) {
    if (isVisible()) refreshMeasured();
}

void DoctorPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshMeasured();
    if (!m_checked) check();
}

void DoctorPage::check() {
    if (m_running) return;
    m_running = true;
    m_again->setEnabled(false);
    m_heading->setText(tr("Checking this machine"));
    struct Result {
        std::vector<DoctorCheck> checks;
        double seconds = 0;
    };
    m_job = m_jobs.submit<Result>(
        {tr("Check this machine"), JobLane::Light, false, true, {}},
        [&backend = m_backend](JobContext&) {
            QElapsedTimer timer;
            timer.start();
            Result result;
            result.checks = backend.doctor();
            result.seconds = static_cast<double>(timer.elapsed()) / 1000.0;
            return result;
        },
        this, [this](Result result) { show(std::move(result.checks), result.seconds); });
}

QWidget* DoctorPage::makeRow(const DoctorCheck& check) {
    auto* row = new CheckRow(check.ok, this);
    row->setMinimumHeight(36);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(16, 5, 8, 4);
    layout->setSpacing(12);
    layout->addWidget(new Mark(check.ok ? QStringLiteral("ok") : QStringLiteral("error"), check.ok, 16, row));
    auto* name = makeLabel(words(check.name), "card", row);
    name->setFixedWidth(168);
    name->setWordWrap(true);
    layout->addWidget(name);
    auto* detail = makeLabel(words(check.detail), nullptr, row);
    detail->setFont(Theme::of(this).font(12));
    detail->setWordWrap(true);
    detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(detail, 3);
    if (!check.fix.empty()) {
        auto* fix = makeLabel(words(check.fix), nullptr, row);
        fix->setFont(Theme::of(this).font(12));
        fix->setWordWrap(true);
        layout->addWidget(fix, 2);
    }
    if (!check.ok && !check.fix.empty()) {
        auto* copy = new Button(tr("Copy fix"), row, QStringLiteral("copy"));
        connect(copy, &QPushButton::clicked, this,
                [text = QString::fromStdString(check.fix)] { QApplication::clipboard()->setText(text); });
        layout->addWidget(copy);
    }
    row->setAccessibleName(
        tr("%1, %2: %3").arg(name->text(), check.ok ? tr("fine") : tr("needs a fix"), detail->text()));
    return row;
}

void DoctorPage::addGroup(const QString& title, const std::vector<const DoctorCheck*>& checks) {
    if (checks.empty()) return;
    auto* panel = makePanel(this);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QWidget(panel);
    head->setFixedHeight(28);
    head->setAutoFillBackground(true);
    head->setBackgroundRole(QPalette::Button);
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(16, 0, 16, 0);
    line->addWidget(makeLabel(title, "card", head), 1);
    const auto fine = std::count_if(checks.begin(), checks.end(), [](const DoctorCheck* c) { return c->ok; });
    line->addWidget(makeLabel(tr("%1 of %2 fine").arg(fine).arg(checks.size()), "caption", head));
    column->addWidget(head);
    for (const DoctorCheck* check : checks) column->addWidget(makeRow(*check));
    m_rows->addWidget(panel);
}

void DoctorPage::show(std::vector<DoctorCheck> checks, double seconds) {
    m_running = false, m_checked = true;
    m_checks = std::move(checks);
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto broken =
        static_cast<int>(std::count_if(m_checks.begin(), m_checks.end(), [](const DoctorCheck& c) { return !c.ok; }));
    std::set<std::string> placed;
    for (const Group& group : groups()) {
        std::vector<const DoctorCheck*> members;
        for (const char* name : group.checks)
            for (const DoctorCheck& check : m_checks)
                if (check.name == name) members.push_back(&check), placed.insert(check.name);
        addGroup(tr(group.title), members);
    }
    std::vector<const DoctorCheck*> others;
    for (const DoctorCheck& check : m_checks)
        if (!placed.count(check.name)) others.push_back(&check);
    addGroup(tr("Other"), others);
    m_heading->setText(broken == 0 ? tr("Ready to work. Nothing needs a fix.")
                                   : tr("%n point(s) need a fix.", nullptr, broken));
    m_when->setText(
        tr("checked %1, %2 s")
            .arg(locale().toString(QTime::currentTime(), QLocale::ShortFormat), locale().toString(seconds, 'f', 1)));
    m_fine->setText(locale().toString(static_cast<int>(m_checks.size()) - broken));
    m_broken->setText(locale().toString(broken));
    m_brokenMark->setQuiet(broken == 0);
    m_again->setEnabled(true);
}

QString DoctorPage::report() const {
    QString text =
        QStringLiteral("EMC Studio %1, %2, Qt %3\n")
            .arg(QStringLiteral(EMC_VERSION), QSysInfo::prettyProductName(), QString::fromLatin1(qVersion()));
    for (const DoctorCheck& check : m_checks)
        text += QStringLiteral("%1 %2: %3%4\n")
                    .arg(check.ok ? QStringLiteral("[ok] ") : QStringLiteral("[fix]"),
                         QString::fromStdString(check.name), QString::fromStdString(check.detail),
                         check.fix.empty() ? QString() : QStringLiteral(" -> ") + QString::fromStdString(check.fix));
    return text;
}

} // namespace emc
