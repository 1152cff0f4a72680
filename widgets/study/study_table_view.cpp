#include "widgets/study/study_table_view.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <numeric>

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/plots/figure_file.h"

namespace emc {

namespace {

using Part = StudyTableModel::Part;
constexpr int kHeaderLine = 26, kPad = 5;

Part partOf(const QVariant& value) {
    return static_cast<Part>(value.toInt());
}

void drawRight(QPainter& p, const QRect& place, const QString& text) {
    p.drawText(place.adjusted(0, 0, -kPad, 0), Qt::AlignVCenter | Qt::AlignRight, text);
}

void paintCell(QPainter& p, const Theme& theme, const QRect& rect, const QModelIndex& index, bool selected,
               bool hovered) {
    const Part part = partOf(index.data(StudyTableModel::PartRole));
    const bool published = part == Part::Published;
    p.fillRect(rect, selected ? theme.selection : hovered ? theme.hover : published ? theme.window : theme.base);
    if (index.data(StudyTableModel::GroupRole).toBool())
        p.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.controlBorder);
    else if (part != Part::Condition && index.row() > 0)
        p.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.border);
    if (part == Part::Mean) p.fillRect(rect.left(), rect.top(), 1, rect.height(), theme.border);
    const QString text = index.data().toString(), second = index.data(StudyTableModel::SecondRole).toString();
    const bool pending = index.data(StudyTableModel::PendingRole).toBool();
    QRect first = rect, below = rect;
    if (!second.isEmpty() && rect.height() >= 34) {
        first.setBottom(rect.top() + rect.height() / 2 + 1);
        first.translate(0, 2);
        below.setTop(rect.top() + rect.height() / 2 - 1);
    }
    const bool two = first.height() != rect.height();
    if (part == Part::Condition) {
        p.setFont(theme.font(12, QFont::DemiBold));
        p.setPen(theme.text);
        p.drawText(rect.adjusted(12, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   p.fontMetrics().elidedText(text, Qt::ElideRight, rect.width() - 16));
        return;
    }
    if (part == Part::Model) {
        const int slot = index.data(StudyTableModel::SlotRole).toInt();
        int left = rect.left() + 4;
        if (slot >= 0) {
            SlotChip::paint(p, QRectF(left, rect.center().y() - 7, 16, 16), theme, slot);
            left += 24;
        }
        p.setFont(theme.font(12));
        p.setPen(second.isEmpty() || slot < 0 || pending ? theme.text : theme.text);
        const QRect words(left, first.top(), rect.right() - left - 4, first.height());
        p.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                   p.fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        if (two) {
            p.setFont(theme.font(11));
            p.setPen(theme.muted);
            p.drawText(QRect(left, below.top(), rect.right() - left - 4, below.height()),
                       Qt::AlignVCenter | Qt::AlignLeft,
                       p.fontMetrics().elidedText(second, Qt::ElideRight, rect.right() - left - 4));
        }
        return;
    }
    if (pending && part == Part::Mean) { // how far the row is, instead of a number
        const double share = index.data(StudyTableModel::ShareRole).toDouble();
        const QRectF bar(rect.left() + kPad, rect.center().y() - 1, rect.width() - 2 * kPad, 4);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.pressed);
        p.drawRoundedRect(bar, 2, 2);
        if (share > 0) {
            p.setBrush(theme.accent);
            p.drawRoundedRect(QRectF(bar.left(), bar.top(), std::max(4.0, bar.width() * share), 4), 2, 2);
        }
        p.setRenderHint(QPainter::Antialiasing, false);
        return;
    }
    const int good = index.data(StudyTableModel::GoodRole).toInt();
    const bool best = index.data(StudyTableModel::BestRole).toBool();
    p.setFont(theme.font(published ? 11 : 12, best ? QFont::Bold : QFont::Normal));
    p.setPen(published              ? theme.muted
             : good > 0             ? theme.ok
             : good < 0             ? theme.danger
             : part == Part::Change ? theme.muted
                                    : theme.text);
    drawRight(p, first, text);
    if (!two) return;
    p.setFont(theme.font(11));
    p.setPen(theme.muted);
    drawRight(p, below, second);
}

class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = Theme::of(option.widget);
        painter->save();
        paintCell(*painter, theme, option.rect, index, option.state & QStyle::State_Selected,
                  option.state & QStyle::State_MouseOver);
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
            painter->setPen(QPen(theme.accent, 2));
            painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }
};

// A group's name above its columns.
void paintHead(QPainter& p, const Theme& theme, const QRect& rect, int section, const QAbstractItemModel& model,
               int groupLeft, int groupWidth) {
    const auto value = [&](int role) { return model.headerData(section, Qt::Horizontal, role); };
    const Part part = partOf(value(StudyTableModel::PartRole));
    p.fillRect(rect, theme.raised);
    p.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.border);
    const QString words = value(Qt::DisplayRole).toString();
    if (part == Part::Condition || part == Part::Model) {
        p.setFont(theme.font(12, QFont::Medium));
        p.setPen(theme.muted);
        p.drawText(rect.adjusted(part == Part::Condition ? 12 : 4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
        return;
    }
    if (part == Part::Mean) p.fillRect(rect.left(), rect.top(), 1, rect.height(), theme.border);
    const QRect upper(groupLeft, rect.top(), groupWidth, kHeaderLine);
    p.save();
    p.setClipRect(rect);
    p.setFont(theme.font(12, QFont::DemiBold));
    p.setPen(theme.text);
    p.drawText(upper, Qt::AlignCenter, value(Qt::UserRole).toString());
    p.restore();
    p.fillRect(rect.left() + (part == Part::Mean), rect.top() + kHeaderLine, rect.width(), 1, theme.border);
    p.setFont(theme.font(11));
    p.setPen(theme.muted);
    drawRight(p, rect.adjusted(0, kHeaderLine, 0, 0), words);
}

// First column and number of columns of the section's group.
std::pair<int, int> groupOf(const StudyTableModel& model, int section) {
    const auto& columns = model.columns();
    const int metric = columns[static_cast<std::size_t>(section)].metric;
    if (metric < 0) return {section, 1};
    int first = section, last = section;
    while (first > 0 && columns[static_cast<std::size_t>(first - 1)].metric == metric) --first;
    while (last + 1 < static_cast<int>(columns.size()) && columns[static_cast<std::size_t>(last + 1)].metric == metric)
        ++last;
    return {first, last - first + 1};
}

class GroupHeader : public QHeaderView {
public:
    GroupHeader(const StudyTableModel& model, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_table(model) {
        setSectionsClickable(false);
    }
    QSize sizeHint() const override { return {QHeaderView::sizeHint().width(), 2 * kHeaderLine}; }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        const auto [first, count] = groupOf(m_table, section);
        int width = 0;
        for (int i = first; i < first + count; ++i) width += sectionSize(i);
        painter->save();
        paintHead(*painter, Theme::of(this), rect, section, m_table, sectionViewportPosition(first), width);
        painter->restore();
    }

private:
    const StudyTableModel& m_table;
};

} // namespace

StudyTableView::StudyTableView(StudyTableModel* model, QWidget* parent) : QTableView(parent), m_table(*model) {
    setHorizontalHeader(new GroupHeader(*model, this));
    setModel(model);
    setItemDelegate(new CellDelegate(this));
    verticalHeader()->hide();
    setShowGrid(false);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAccessibleName(tr("Table of the study"));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(20);
    connect(model, &QAbstractItemModel::modelReset, this, &StudyTableView::fit);
    connect(model, &QAbstractItemModel::dataChanged, this, &StudyTableView::fit);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const StudyPlace place = m_table.placeOf(index);
        if (!place.metric.empty()) emit placeChosen(place);
    });
    fit();
}

void StudyTableView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    const bool valid = current.isValid() && current.column() < m_table.columnCount();
    emit cellSelected(valid ? current.row() : -1,
                      valid ? m_table.columns()[static_cast<std::size_t>(current.column())].metric : -1);
}

void StudyTableView::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const StudyPlace place = enter ? m_table.placeOf(currentIndex()) : StudyPlace();
    if (!place.metric.empty()) emit placeChosen(place);
    else QTableView::keyPressEvent(event);
}

void StudyTableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fit();
}

void StudyTableView::fit() {
    const bool two = m_table.twoLines();
    // The second line of a model's name (its seeds) is shown where numbers have two lines as well.
    verticalHeader()->setDefaultSectionSize(two ? 38 : metrics::kListRow);
    const auto& columns = m_table.columns();
    const Theme& theme = Theme::of(this);
    const QFontMetrics normal(theme.font(12, QFont::Bold)), small(theme.font(11));
    std::vector<int> needed;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
        const Part part = columns[static_cast<std::size_t>(c)].part;
        int width = small.horizontalAdvance(m_table.headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
        for (int r = 0; r < m_table.rowCount(); ++r) {
            const QModelIndex index = m_table.index(r, c);
            width = std::max({width, normal.horizontalAdvance(index.data().toString()),
                              two ? small.horizontalAdvance(index.data(StudyTableModel::SecondRole).toString()) : 0});
        }
        const int room = part == Part::Condition ? 20 : part == Part::Model ? 36 : 2 * kPad + 1;
        const int least = part == Part::Condition ? 96 : part == Part::Model ? 120 : part == Part::Published ? 40 : 44;
        needed.push_back(std::max(least, width + room));
    }
    // What is left over goes to the columns evenly, so that the table fills its panel; less is scrolled.
    const int sum = std::accumulate(needed.begin(), needed.end(), 0), spare = viewport()->width() - sum;
    const int count = static_cast<int>(needed.size());
    for (int c = 0; c < count; ++c) {
        const int extra = spare > 0 ? spare * (c + 1) / count - spare * c / count : 0;
        setColumnWidth(c, needed[static_cast<std::size_t>(c)] + extra);
    }
}

void StudyTableView::exportFigure(const QString& path, const QString& title, const QString& caption,
                                  const QString& session) const {
    const int rowHeight = verticalHeader()->defaultSectionSize(), columns = m_table.columnCount();
    std::vector<int> left{0};
    for (int c = 0; c < columns; ++c) left.push_back(left.back() + columnWidth(c));
    const Theme& theme = Theme::lightTheme(); // figures are printed
    const QSize size(left.back() + 1, 2 * kHeaderLine + rowHeight * m_table.rowCount() + 1);
    writeFigure(path, size, {title, caption, session}, theme, [&](QPainter& p, const QRect& place, bool) {
        p.save();
        p.translate(place.topLeft());
        for (int c = 0; c < columns; ++c) {
            const auto [first, count] = groupOf(m_table, c);
            const auto at = [&](int i) { return left[static_cast<std::size_t>(i)]; };
            paintHead(p, theme, QRect(at(c), 0, at(c + 1) - at(c), 2 * kHeaderLine), c, m_table, at(first),
                      at(first + count) - at(first));
            for (int r = 0; r < m_table.rowCount(); ++r)
                paintCell(p, theme, QRect(at(c), 2 * kHeaderLine + r * rowHeight, at(c + 1) - at(c), rowHeight),
                          m_table.index(r, c), false, false);
        }
        p.restore();
    });
}

} // namespace emc
