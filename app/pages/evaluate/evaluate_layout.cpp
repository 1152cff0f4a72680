// EvaluatePage, second part: how it is laid out, what stands where there is nothing, exports.
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>

#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/evaluate/occlusion_tab.h"
#include "app/pages/evaluate/robustness_tab.h"
#include "app/pages/evaluate/study_form.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/study/study_table_view.h"
#include "widgets/study/study_words.h"

namespace emc {

namespace {

constexpr int kLeft = 264, kWords = 52;

void writeText(const QString& path, const std::string& text) {
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
        throw Error(ErrorKind::Io, "the file could not be written: " + file.errorString().toStdString(),
                    path.toStdString(), "Choose another folder or free some space");
}

} // namespace

EvaluatePage::EvaluatePage(Backend& backend, JobRunner& jobs, MessageArea& messages, const QString& runsFolder,
                           const QString& studiesFolder, QWidget* parent)
    : QWidget(parent), m_backend(backend), m_studies(backend.studies()), m_jobs(jobs), m_messages(messages),
      m_runsFolder(runsFolder), m_model(new StudyTableModel(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_left = buildLeft();
    m_form->setStudiesFolder(studiesFolder);
    row->addWidget(m_left);
    row->addWidget(makeLine(Qt::Vertical, this));
    auto* right = new QVBoxLayout;
    right->setContentsMargins(8, 0, 8, 8);
    right->setSpacing(4);
    m_tabs = new QTabBar(this);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tabs->setAccessibleName(tr("Views of the study"));
    for (const QString& name : {tr("Table"), tr("Robustness"), tr("Occlusion"), tr("Clips")}) m_tabs->addTab(name);
    right->addWidget(m_tabs);
    m_stack = new QStackedWidget(this);
    m_robustness = new RobustnessTab(m_stack);
    m_occlusion = new OcclusionTab(m_stack);
    m_clips = new ClipsTab(m_stack);
    m_clips->setEmpty(tr("Double click a number of the table to see the clips behind it."));
    for (QWidget* page : std::initializer_list<QWidget*>{buildTable(), m_robustness, m_occlusion, m_clips})
        m_stack->addWidget(page);
    right->addWidget(m_stack, 1);
    row->addLayout(right, 1);
    wire();
    adoptJob();
    refreshButtons();
    refreshEmpty();
}

QWidget* EvaluatePage::buildLeft() {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_form = new StudyForm(left);
    column->addWidget(m_form, 1);
    column->addWidget(makeLine(Qt::Horizontal, left));
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    foot->setSpacing(6);
    m_progress = new QProgressBar(left);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the study"));
    m_progressText = makeLabel({}, "caption", left);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_start = new Button(tr("Start"), left, QStringLiteral("play"));
    m_start->with("primary");
    m_pause = new Button(tr("Pause"), left, QStringLiteral("pause"));
    m_cancel = new Button(tr("Cancel"), left, QStringLiteral("cross"));
    m_cancel->with("danger");
    m_cancel->setToolTip(tr("What is stored stays; the study can go on later"));
    for (Button* button : {m_start, m_pause, m_cancel}) buttons->addWidget(button);
    buttons->addStretch(1);
    foot->addWidget(m_progress);
    foot->addWidget(m_progressText);
    foot->addLayout(buttons);
    column->addLayout(foot);
    left->setFixedWidth(kLeft);
    return left;
}

QWidget* EvaluatePage::buildTable() {
    auto* page = new QWidget(m_stack);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_tablePanel = makePanel(page);
    auto* inside = new QVBoxLayout(m_tablePanel);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 8, 6);
    head->setSpacing(8);
    head->addWidget(makeLabel(tr("Table 1"), "title", m_tablePanel));
    head->addWidget(m_tableNote = makeLabel({}, "muted", m_tablePanel));
    head->addStretch(1);
    head->addWidget(m_legend = makeLabel({}, "caption", m_tablePanel));
    m_copy = new Button(tr("LaTeX"), m_tablePanel, QStringLiteral("copy"));
    m_copy->setToolTip(tr("Copies the table as LaTeX"));
    m_export = new Button(tr("Export"), m_tablePanel, QStringLiteral("export"));
    m_export->setToolTip(tr("Markdown, LaTeX, CSV, JSON, SVG, PDF or PNG"));
    head->addWidget(m_copy);
    head->addWidget(m_export);
    inside->addLayout(head);
    m_view = new StudyTableView(m_model, m_tablePanel);
    inside->addWidget(m_view, 1);
    m_empty = makeLabel({}, "muted", m_tablePanel);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(48, 0, 48, 0);
    m_emptyBox = new QWidget(m_tablePanel);
    auto* nothing = new QVBoxLayout(m_emptyBox);
    nothing->setSpacing(12);
    nothing->addStretch(1);
    nothing->addWidget(m_empty);
    m_choose = new Button(tr("Choose a corpus"), m_emptyBox, QStringLiteral("folder"));
    nothing->addWidget(m_choose, 0, Qt::AlignHCenter);
    nothing->addStretch(1);
    inside->addWidget(m_emptyBox, 1);
    connect(m_choose, &QPushButton::clicked, m_form, &StudyForm::chooseCorpus);
    column->addWidget(m_tablePanel, 1);

    m_wordsPanel = makePanel(page);
    auto* words = new QVBoxLayout(m_wordsPanel);
    words->setContentsMargins(12, 8, 12, 8);
    words->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->addWidget(makeLabel(tr("In words"), "title", m_wordsPanel));
    line->addStretch(1);
    line->addWidget(m_synthetic = makeLabel({}, "caption", m_wordsPanel));
    words->addLayout(line);
    m_words = new QLabel(m_wordsPanel);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_words->setFixedHeight(kWords);
    words->addWidget(m_words);
    m_notes = makeLabel({}, "caption", m_wordsPanel);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setAccessibleName(tr("Notes to the table"));
    words->addWidget(m_notes);
    column->addWidget(m_wordsPanel);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_studies.text(table(), TableFormat::Latex)));
        m_messages.show(
            {Severity::Ok, tr("The table is on the clipboard as LaTeX."), {}, {}, {}, QStringLiteral("copied")});
    });
    connect(m_export, &QPushButton::clicked, this, &EvaluatePage::exportTable);
    return page;
}

const MetricColumn* EvaluatePage::columnOf(const std::string& metric) const {
    for (const MetricColumn& column : table().columns)
        if (column.name == metric) return &column;
    return nullptr;
}

int EvaluatePage::decimalsOf(const std::string& metric) const {
    const MetricColumn* column = columnOf(metric);
    return column ? column->decimals : 3;
}

void EvaluatePage::showTable(const StudyTable& table) {
    m_model->setTable(table);
    m_occlusion->setRows(table);
    long stored = 0, wanted = 0;
    for (const TableRow& row : table.rows) stored += row.stored, wanted += row.wanted;
    QString note = tr("%1 variant · %n clip(s) × %2 reactions", nullptr, table.clips)
                       .arg(table.variant == "fixed" ? tr("fixed") : tr("official"))
                       .arg(table.samples);
    if (stored < wanted) note += QStringLiteral(" · ") + tr("%1 of %2 reactions stored").arg(stored).arg(wanted);
    m_tableNote->setText(note);
    m_legend->setText(tr("bold best · * p < %1, Holm · publ.: other data, not comparable")
                          .arg(locale().toString(1 - table.level, 'g', 2)));
    m_synthetic->setText(table.synthetic ? tr("Synthetic corpus: these numbers test the tool, they are not results "
                                              "about people.")
                                         : QString());
    const QStringList notes = StudyWords::notes(table);
    m_notes->setText(notes.join(QLatin1Char(' ')));
    m_notes->setVisible(!notes.isEmpty());
    const QModelIndex current = m_view->currentIndex();
    showWords(current.isValid() ? current.row() : -1,
              current.isValid() ? m_model->columns()[static_cast<std::size_t>(current.column())].metric : -1);
    refreshEmpty();
    refreshButtons();
}

// The chosen cell's sentence; without one, that of every tested row for the first column.
void EvaluatePage::showWords(int row, int metric) {
    const StudyTable& now = table();
    QStringList sentences;
    const auto add = [&](const TableRow& one, int column) {
        const QString sentence = StudyWords::sentence(now, one, static_cast<std::size_t>(column));
        if (!sentence.isEmpty()) sentences.append(sentence);
    };
    if (row >= 0 && row < static_cast<int>(now.rows.size()) && metric >= 0)
        add(now.rows[static_cast<std::size_t>(row)], metric);
    else if (!now.metrics.empty())
        for (const TableRow& one : now.rows)
            if (sentences.size() < 2) add(one, 0);
    m_words->setText(
        sentences.isEmpty()
            ? now.rows.empty()
                  ? QString()
                  : tr("Choose a change in the table to read what it says. A change needs the original and "
                       "its EMC form of one host.")
            : sentences.join(QLatin1Char('\n')));
}

void EvaluatePage::refreshEmpty() {
    const bool any = !table().rows.empty();
    m_view->setVisible(any);
    m_emptyBox->setVisible(!any);
    m_choose->setVisible(m_form->corpus().isEmpty());
    m_wordsPanel->setVisible(any);
    m_copy->setEnabled(any), m_export->setEnabled(any);
    if (any) return;
    m_tableNote->clear(), m_legend->clear();
    m_empty->setToolTip({});
    m_empty->setText(
        m_readJob ? tr("Reading the study")
        : m_form->corpus().isEmpty()
            ? tr("No corpus yet. Choose a folder in the layout of REACT 2024 on the left; `emc corpus make` "
                 "makes a synthetic one.")
            : m_form->fault());
}

void EvaluatePage::refreshButtons() {
    const JobInfo* info = m_jobs.find(m_job);
    const bool live = running();
    const auto can = [&](JobAction action) { return live && allowed(info->state, action); };
    const bool paused = can(JobAction::Resume);
    m_start->setVisible(!live);
    m_pause->setVisible(live), m_cancel->setVisible(live);
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setIconName(paused ? QStringLiteral("play") : QStringLiteral("pause"));
    m_pause->setEnabled(paused || can(JobAction::Pause));
    m_cancel->setEnabled(can(JobAction::Cancel));
    m_progress->setVisible(live);
    m_form->setLocked(live);
    m_robustness->setBusy(live);
    m_robustness->setMeasuring(live && info->spec.kind == RobustnessTab::jobKind());
    m_occlusion->setBusy(live);
    m_occlusion->setMeasuring(live && info->spec.kind == OcclusionTab::jobKind());
    const QString fault = m_form->fault();
    m_start->setEnabled(fault.isEmpty());
    m_start->setToolTip(fault);
    if (live) return;
    long stored = 0, wanted = 0, unscored = 0;
    for (const TableRow& row : table().rows)
        stored += row.stored, wanted += row.wanted, unscored += row.trained && !row.scored;
    m_start->setText(stored > 0 && unscored > 0 ? tr("Go on") : tr("Start"));
    m_progressText->setText(!fault.isEmpty()  ? fault
                            : wanted == 0     ? QString()
                            : unscored == 0   ? tr("everything is scored")
                            : stored < wanted ? tr("%n reaction(s) to go", nullptr, static_cast<int>(wanted - stored))
                                              : tr("%n row(s) to score", nullptr, static_cast<int>(unscored)));
}

void EvaluatePage::writeTable(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("svg") || suffix == QLatin1String("png") || suffix == QLatin1String("pdf")) {
        const QJsonObject session{{QStringLiteral("program"), QStringLiteral("emc-studio " EMC_VERSION)},
                                  {QStringLiteral("command"), QStringLiteral("table")},
                                  {QStringLiteral("evaluate"), layoutState()}};
        return m_view->exportFigure(path, tr("Table 1"),
                                    m_tableNote->text() + QStringLiteral(" · ") + m_legend->text() +
                                        (table().synthetic ? QStringLiteral(" · ") + m_synthetic->text() : QString()) +
                                        QStringLiteral(" · ") + m_notes->text(),
                                    QString::fromUtf8(QJsonDocument(session).toJson(QJsonDocument::Compact)));
    }
    const std::pair<const char*, TableFormat> formats[] = {{"md", TableFormat::Markdown},
                                                           {"tex", TableFormat::Latex},
                                                           {"csv", TableFormat::Csv},
                                                           {"json", TableFormat::Json}};
    for (const auto& [name, format] : formats)
        if (suffix == QLatin1String(name)) return writeText(path, m_studies.text(table(), format));
    throw Error(ErrorKind::Usage, "a table cannot be written as \"" + QFileInfo(path).fileName().toStdString() + "\"",
                {}, "Use a name that ends in .md, .tex, .csv, .json, .svg, .pdf or .png");
}

void EvaluatePage::exportTable() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the table"), tr("table.md"),
        tr("Markdown (*.md);;LaTeX (*.tex);;CSV (*.csv);;JSON (*.json);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"));
    if (path.isEmpty()) return;
    try {
        writeTable(path);
        m_messages.show({Severity::Ok, tr("Wrote %1.").arg(path), {}, {}, {}, QStringLiteral("copied")});
    } catch (...) {
        const Failure failure = Failure::current();
        say(failure.problem, failure.details);
    }
}

void EvaluatePage::exportFigure(const QString& name, const std::function<std::string(FigureFormat)>& text, bool json) {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the curves"), name + QStringLiteral(".svg"),
                                                      json ? tr("SVG (*.svg);;CSV (*.csv);;JSON (*.json)")
                                                           : tr("SVG (*.svg);;CSV (*.csv)"));
    if (path.isEmpty()) return;
    try {
        const QString suffix = QFileInfo(path).suffix().toLower();
        writeText(path, text(suffix == QLatin1String("csv")    ? FigureFormat::Csv
                             : suffix == QLatin1String("json") ? FigureFormat::Json
                                                               : FigureFormat::Svg));
        m_messages.show({Severity::Ok, tr("Wrote %1.").arg(path), {}, {}, {}, QStringLiteral("copied")});
    } catch (...) {
        const Failure failure = Failure::current();
        say(failure.problem, failure.details);
    }
}

void EvaluatePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshRuns(); // a training may have ended; and nothing is read before somebody looks
}

void EvaluatePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = width() < 1400; // sentences wrap, and there is no room for a third column of each metric
    m_words->setFixedHeight(narrow ? kWords + 32 : kWords);
    m_form->setNarrow(narrow);
    m_legend->setVisible(width() >= 1500);
}

} // namespace emc
