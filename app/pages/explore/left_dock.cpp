#include "app/pages/explore/left_dock.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/item_models/delegates.h"

namespace emc {

LeftDock::LeftDock(ClipsModel& clips, ModelsModel& models, QWidget* parent)
    : QWidget(parent), m_clips(clips), m_models(models), m_search(new QLineEdit(this)), m_tree(new QTreeView(this)),
      m_list(new QListView(this)), m_filter(new QSortFilterProxyModel(this)), m_spanBox(new QWidget(this)) {
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* add = new IconButton(QStringLiteral("plus"), tr("Add videos, clips or folders"), this, 24);
    column->addWidget(section(tr("Clips"), m_clipCount, add));
    connect(add, &QToolButton::clicked, this, &LeftDock::openRequested);
    m_search->setPlaceholderText(tr("Search clips"));
    m_search->setAccessibleName(tr("Search clips"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Theme::of(this), Theme::of(this).muted),
                        QLineEdit::LeadingPosition);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 8);
    searchRow->addWidget(m_search);
    column->addLayout(searchRow);

    m_filter->setSourceModel(&m_clips);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterRole(ClipsModel::SearchRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setModel(m_filter);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setItemDelegate(new ClipRowDelegate(m_tree));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setMinimumSectionSize(20);
    if (m_filter->columnCount() > 1) m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->setAccessibleName(tr("Clips"));
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setStyleSheet(QStringLiteral("QTreeView{background:transparent}"));
    m_list->setStyleSheet(QStringLiteral("QListView{background:transparent}"));
    column->addWidget(m_tree, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setFilterFixedString(text);
        m_tree->expandAll();
    });
    const auto choose = [this](const QModelIndex& index) {
        const QString path = index.siblingAtColumn(0).data(ClipsModel::PathRole).toString();
        if (!index.siblingAtColumn(0).data(ClipsModel::IsGroupRole).toBool() && !path.isEmpty()) emit clipChosen(path);
    };
    connect(m_tree, &QTreeView::clicked, this, choose);
    connect(m_tree, &QTreeView::activated, this, choose);
    const auto counted = [this] {
        m_clipCount->setText(locale().toString(m_clips.clipCount()));
        m_tree->expandAll();
    };
    for (const auto signal : {&QAbstractItemModel::modelReset}) connect(&m_clips, signal, this, counted);
    connect(&m_clips, &QAbstractItemModel::rowsInserted, this, counted, Qt::QueuedConnection);

    column->addWidget(makeLine(Qt::Horizontal, this));
    m_addSpan = new IconButton(QStringLiteral("plus"), tr("Add a missing span at the playhead"), this, 24);
    connect(m_addSpan, &QToolButton::clicked, this, &LeftDock::addSpanRequested);
    column->addWidget(section(tr("Conditions"), m_spanCount, m_addSpan));
    m_spans = new QVBoxLayout(m_spanBox);
    m_spans->setContentsMargins(0, 0, 0, 8);
    m_spans->setSpacing(0);
    column->addWidget(m_spanBox);
    column->addWidget(makeLine(Qt::Horizontal, this));

    column->addWidget(section(tr("Models"), m_modelCount, nullptr));
    m_list->setModel(&m_models);
    m_list->setItemDelegate(new ModelRowDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setAccessibleName(tr("Models"));
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    column->addWidget(m_list);
    const auto sized = [this] {
        m_list->setFixedHeight(std::min(m_models.rowCount(), 9) * metrics::kListRow + 8);
        int shown = 0;
        for (int i = 0; i < m_models.rowCount(); ++i)
            shown += m_models.index(i).data(Qt::CheckStateRole).toInt() == Qt::Checked ? 1 : 0;
        m_modelCount->setText(tr("%n shown", nullptr, shown));
    };
    connect(&m_models, &QAbstractItemModel::modelReset, this, sized);
    connect(&m_models, &QAbstractItemModel::dataChanged, this, sized);
    connect(&m_models, &QAbstractItemModel::rowsInserted, this, sized);
    sized();
    setConditions({}, 25);
}

QWidget* LeftDock::section(const QString& title, QLabel*& note, IconButton* button) {
    auto* row = new QWidget(this);
    row->setFixedHeight(36);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(title, "title", row));
    note = makeLabel({}, "muted", row);
    layout->addWidget(note, 1);
    if (button) layout->addWidget(button);
    return row;
}

void LeftDock::setConditions(const ClipConditions& conditions, double rateHz, bool face, bool speech) {
    while (QLayoutItem* item = m_spans->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    const auto add = [&](Modality modality, const std::vector<FrameSpan>& spans) {
        for (int i = 0; i < static_cast<int>(spans.size()); ++i) {
            const FrameSpan& span = spans[static_cast<std::size_t>(i)];
            const bool ofSpeech = modality == Modality::Speech;
            auto* row = new QWidget(m_spanBox);
            row->setFixedHeight(metrics::kListRow);
            auto* layout = new QHBoxLayout(row);
            layout->setContentsMargins(12, 0, 8, 0);
            layout->setSpacing(8);
            const QString text =
                tr("%1 – %2 s")
                    .arg(locale().toString(span.begin / rateHz, 'f', 2), locale().toString(span.end / rateHz, 'f', 2));
            auto* button = new Button(text, row);
            button->with("flat");
            button->setIcon(icon(ofSpeech ? QStringLiteral("speech") : QStringLiteral("face"), Theme::of(this),
                                 ofSpeech ? Theme::of(this).speech : Theme::of(this).face));
            button->setStyleSheet(QStringLiteral("QPushButton{text-align:left;padding:0 4px;font-weight:400}"));
            button->setAccessibleName(tr("Missing span, %1, %2").arg(ofSpeech ? tr("speech") : tr("face"), text));
            connect(button, &QPushButton::clicked, this, [this, modality, i] { emit spanChosen(modality, i); });
            layout->addWidget(button, 1);
            auto* remove = new IconButton(QStringLiteral("cross"), tr("Remove this span"), row, 24);
            connect(remove, &QToolButton::clicked, this, [this, modality, i] { emit spanRemoved(modality, i); });
            layout->addWidget(remove);
            m_spans->addWidget(row);
        }
    };
    add(Modality::Speech, conditions.speechMissing);
    add(Modality::Face, conditions.faceMissing);
    const int count = static_cast<int>(conditions.speechMissing.size() + conditions.faceMissing.size());
    QStringList words;
    if (!face) words.append(tr("without face"));
    if (!speech) words.append(tr("without speech"));
    if (count) words.append(tr("%n missing span(s)", nullptr, count));
    m_spanCount->setText(words.isEmpty() ? tr("nothing missing") : words.join(QStringLiteral(", ")));
    m_spanBox->setVisible(count > 0);
}

void LeftDock::setCurrentClip(const QString& path) {
    const QModelIndex index = m_filter->mapFromSource(m_clips.indexOfPath(path));
    if (index.isValid()) m_tree->setCurrentIndex(index);
    m_tree->expandAll();
}

void LeftDock::setSpanKey(const QString& key) {
    m_addSpan->setName(tr("Add a missing span at the playhead"), key);
}

void LeftDock::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

Rail::Rail(QWidget* parent) : QWidget(parent) {
    setFixedWidth(40);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 4, 8);
    column->setSpacing(4);
    const std::pair<const char*, QString> icons[] = {
        {"clip", tr("Clips")}, {"model", tr("Models")}, {"filter", tr("Conditions")}};
    for (const auto& [name, text] : icons) {
        auto* button = new IconButton(QLatin1String(name), text, this, 32);
        connect(button, &QToolButton::clicked, this, &Rail::toggled);
        column->addWidget(button);
    }
    column->addStretch();
    auto* panel = new IconButton(QStringLiteral("panel"), tr("Show the left panel"), this, 32);
    connect(panel, &QToolButton::clicked, this, &Rail::toggled);
    column->addWidget(panel);
}

} // namespace emc
