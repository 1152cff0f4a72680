#include "app/window/relink_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"

namespace emc {

namespace {
enum Column { Name, Before, Now, ColumnCount };
} // namespace

RelinkDialog::RelinkDialog(const QStringList& missing, const QMap<QString, QString>& hashes, ClipHash hashOf,
                           QWidget* parent)
    : QDialog(parent), m_missing(missing), m_hashes(hashes), m_hashOf(std::move(hashOf)),
      m_heading(makeLabel({}, "heading", this)), m_note(makeLabel({}, "caption", this)),
      m_table(new QTableWidget(static_cast<int>(missing.size()), ColumnCount, this)),
      m_look(new Button(tr("Look in a folder…"), this, QStringLiteral("folder"))),
      m_one(new Button(tr("Choose for this clip…"), this)), m_open(new Button(tr("Open"), this)) {
    setWindowTitle(tr("Clips have moved"));
    resize(760, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_heading);
    auto* why = makeLabel(tr("Show a folder: clips are found there by their place, their content and their name."),
                          "muted", this);
    why->setWordWrap(true);
    column->addWidget(why);
    auto* panel = makePanel(this);
    auto* inside = new QVBoxLayout(panel);
    inside->setContentsMargins(1, 1, 1, 1);
    m_table->setHorizontalHeaderLabels({tr("Clip"), tr("Was in"), tr("Is now in")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metrics::kListRow);
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(tr("Missing clips"));
    QHeaderView* header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(Name, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(Before, QHeaderView::Stretch);
    header->setSectionResizeMode(Now, QHeaderView::Stretch);
    inside->addWidget(m_table);
    column->addWidget(panel, 1);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_look);
    foot->addWidget(m_one);
    foot->addStretch(1);
    m_open->with("primary");
    foot->addWidget(m_open);
    column->addLayout(foot);
    connect(m_look, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Look in a folder"));
        if (!folder.isEmpty()) lookIn(folder);
    });
    connect(m_one, &QPushButton::clicked, this, &RelinkDialog::chooseOne);
    connect(m_open, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
            [this] { m_one->setEnabled(m_table->currentRow() >= 0); });
    if (!m_missing.isEmpty()) m_table->selectRow(0);
    refresh();
}

void RelinkDialog::lookIn(const QString& folder) {
    QStringList open;
    for (const QString& path : m_missing)
        if (!m_moved.contains(path)) open.append(path);
    const qsizetype before = m_moved.size();
    m_moved.insert(findMoved(open, m_hashes, folder, m_hashOf));
    refresh();
    const int found = static_cast<int>(m_moved.size() - before);
    m_note->setText(found ? tr("%n clip(s) found in %1.", nullptr, found).arg(QDir::toNativeSeparators(folder))
                          : tr("Nothing was found in %1.").arg(QDir::toNativeSeparators(folder)));
}

void RelinkDialog::chooseOne() {
    const int row = m_table->currentRow();
    if (row < 0 || row >= m_missing.size()) return;
    const QString old = m_missing[row];
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of %1").arg(QFileInfo(old).fileName()));
    if (folder.isEmpty()) return;
    if (m_hashOf(folder).isEmpty()) {
        m_note->setText(tr("%1 is no clip.").arg(QDir::toNativeSeparators(folder)));
        return;
    }
    m_moved.insert(old, folder);
    refresh();
}

void RelinkDialog::refresh() {
    for (int row = 0; row < m_missing.size(); ++row) {
        const QString& old = m_missing[row];
        const QString now = m_moved.value(old);
        const QString wanted = m_hashes.value(old);
        const bool other = !now.isEmpty() && !wanted.isEmpty() && m_hashOf(now) != wanted;
        const QString texts[] = {QFileInfo(old).fileName(), QDir::toNativeSeparators(QFileInfo(old).absolutePath()),
                                 now.isEmpty() ? tr("not found yet")
                                 : other       ? tr("%1 (other content)").arg(QDir::toNativeSeparators(now))
                                               : QDir::toNativeSeparators(QFileInfo(now).absolutePath())};
        for (int c = 0; c < ColumnCount; ++c) {
            auto* item = new QTableWidgetItem(texts[c]);
            item->setToolTip(c == Before ? QDir::toNativeSeparators(old)
                             : c == Now  ? QDir::toNativeSeparators(now)
                                         : QString());
            if (c == Name)
                item->setIcon(icon(now.isEmpty() ? QStringLiteral("warning") : QStringLiteral("ok"), Theme::of(this),
                                   now.isEmpty() ? Theme::of(this).warning : Theme::of(this).ok));
            m_table->setItem(row, c, item);
        }
    }
    const int open = static_cast<int>(m_missing.size() - m_moved.size());
    m_heading->setText(open ? tr("%n clip(s) are not where the session left them.", nullptr, open)
                            : tr("All clips are found."));
    m_open->setText(open ? tr("Open without them") : tr("Open"));
    m_look->setEnabled(open > 0);
}

} // namespace emc
