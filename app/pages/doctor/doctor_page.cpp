#include "app/pages/doctor/doctor_page.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
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

#include <algorithm>

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"

namespace emc {

namespace {

// An icon that follows the theme.
class Mark : public QWidget {
public:
    Mark(QString name, bool good, int size, QWidget* parent)
        : QWidget(parent), m_name(std::move(name)), m_good(good), m_size(size) {
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        painter.drawPixmap(0, 0, iconPixmap(m_name, m_good ? theme.ok : theme.danger, m_size, devicePixelRatioF()));
    }

private:
    QString m_name;
    bool m_good;
    int m_size;
};

// A row that stands out while something is broken.
class CheckRow : public QWidget {
public:
    CheckRow(bool ok, QWidget* parent) : QWidget(parent), m_ok(ok) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        if (!m_ok) painter.fillRect(rect(), theme.dangerFill);
        painter.fillRect(0, height() - 1, width(), 1, theme.border);
    }

private:
    bool m_ok;
};

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
    auto* panel = makePanel(body);
    m_rows = new QVBoxLayout(panel);
    m_rows->setContentsMargins(1, 1, 1, 1);
    m_rows->setSpacing(0);
    column->addWidget(panel);
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
    const auto count = [&](const char* name, bool good, const QString& words) {
        auto* line = new QHBoxLayout;
        line->setSpacing(12);
        line->addWidget(new Mark(QLatin1String(name), good, 24, m_side));
        auto* number = makeLabel(QStringLiteral("–"), "count", m_side);
        number->setMinimumWidth(28);
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line->addWidget(number);
        line->addWidget(makeLabel(words, "muted", m_side), 1);
        side->addLayout(line);
        return number;
    };
    m_fine = count("ok", true, tr("fine"));
    m_broken = count("error", false, tr("need a fix"));
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
    add(tr("Language"), QLocale().language() == QLocale::C ? QStringLiteral("English")
                                                           : QLocale::languageToString(QLocale().language()));
    static_cast<QVBoxLayout*>(m_side->layout())->addLayout(form);
}

void DoctorPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
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
    layout->setContentsMargins(16, 4, 8, 5);
    layout->setSpacing(12);
    layout->addWidget(new Mark(check.ok ? QStringLiteral("ok") : QStringLiteral("error"), check.ok, 16, row));
    auto* name = makeLabel(QString::fromStdString(check.name), "title", row);
    name->setFixedWidth(168);
    name->setWordWrap(true);
    layout->addWidget(name);
    auto* detail = new QLabel(QString::fromStdString(check.detail), row);
    detail->setWordWrap(true);
    detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(detail, 3);
    auto* fix = makeLabel(QString::fromStdString(check.fix), nullptr, row);
    fix->setWordWrap(true);
    layout->addWidget(fix, 2);
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

void DoctorPage::show(std::vector<DoctorCheck> checks, double seconds) {
    m_running = false, m_checked = true;
    m_checks = std::move(checks);
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto broken =
        static_cast<int>(std::count_if(m_checks.begin(), m_checks.end(), [](const DoctorCheck& c) { return !c.ok; }));
    for (const DoctorCheck& check : m_checks) m_rows->addWidget(makeRow(check));
    m_heading->setText(broken == 0 ? tr("Ready to work. Nothing needs a fix.")
                                   : tr("%n point(s) need a fix.", nullptr, broken));
    m_when->setText(
        tr("checked %1, %2 s")
            .arg(locale().toString(QTime::currentTime(), QLocale::ShortFormat), locale().toString(seconds, 'f', 1)));
    m_fine->setText(locale().toString(static_cast<int>(m_checks.size()) - broken));
    m_broken->setText(locale().toString(broken));
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
