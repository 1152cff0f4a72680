#include "widgets/study/value_list.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/study/study_words.h"

namespace emc {

class ValueListModel : public QAbstractTableModel {
public:
    enum Columns { Name, Value, Reference, Note, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<ValueRow> rows, int decimals) {
        beginResetModel();
        m_rows = std::move(rows);
        m_decimals = decimals;
        m_low = 0, m_high = 0;
        for (const ValueRow& row : m_rows)
            for (const double value : {row.value, row.reference.value_or(row.value)})
                if (std::isfinite(value)) m_low = std::min(m_low, value), m_high = std::max(m_high, value);
        endResetModel();
    }
    void setHeadings(const QStringList& headings) {
        m_headings = headings;
        emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    }
    const std::vector<ValueRow>& rows() const { return m_rows; }
    const ValueRow* row(const QModelIndex& index) const {
        return index.isValid() ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
    }
    bool marked() const { // then the numbers leave room for the marks
        return std::any_of(m_rows.begin(), m_rows.end(), [](const ValueRow& row) { return row.mark != 0; });
    }
    double low() const { return m_low; }
    double high() const { return m_high; }

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override {
        const ValueRow* r = row(index);
        if (!r) return {};
        if (role == Qt::ToolTipRole) return r->toolTip.isEmpty() ? r->name : r->toolTip;
        if (role == Qt::TextAlignmentRole)
            return int((index.column() == Value || index.column() == Reference ? Qt::AlignRight : Qt::AlignLeft) |
                       Qt::AlignVCenter);
        if (role != Qt::DisplayRole) return {};
        switch (index.column()) {
        case Name: return r->name;
        case Value: return StudyWords::number(r->value, m_decimals);
        case Reference: return r->reference ? StudyWords::number(*r->reference, m_decimals) : QString();
        case Note: return r->note;
        default: return {};
        }
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation != Qt::Horizontal) return {};
        if (role == Qt::TextAlignmentRole)
            return int((section == Value || section == Reference ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        return role == Qt::DisplayRole ? QVariant(m_headings.value(section)) : QVariant();
    }

private:
    std::vector<ValueRow> m_rows;
    QStringList m_headings;
    int m_decimals = 3;
    double m_low = 0, m_high = 0;
};

// All values as dots on one line, mean and reference mean as marks.
class ValueStrip : public QWidget {
public:
    ValueStrip(const ValueListModel& model, QWidget* parent) : QWidget(parent), m_model(model) { setFixedHeight(44); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        const double low = m_model.low(), high = m_model.high();
        if (!(high > low)) return;
        const QRectF line(16, 22, width() - 32, 0);
        const auto x = [&](double value) { return line.left() + line.width() * (value - low) / (high - low); };
        p.setPen(QPen(Theme::alpha(theme.controlBorder, 0.6), 1));
        p.drawLine(line.topLeft(), line.topRight());
        double sum = 0, other = 0;
        int count = 0, others = 0;
        p.setPen(Qt::NoPen);
        p.setBrush(Theme::alpha(theme.accent, 0.55));
        for (const ValueRow& row : m_model.rows()) {
            if (row.reference) other += *row.reference, ++others;
            if (!std::isfinite(row.value)) continue;
            sum += row.value, ++count;
            p.drawEllipse(QPointF(x(row.value), 22), 4, 4);
        }
        const auto mark = [&](double value, const QPen& pen) {
            p.setPen(pen);
            p.drawLine(QPointF(x(value), 12), QPointF(x(value), 32));
        };
        if (others) mark(other / others, Theme::pen(theme.muted, 1.5, {5, 3}));
        if (count) mark(sum / count, QPen(theme.text, 2));
        p.setFont(theme.font(11));
        p.setPen(theme.muted);
        const auto label = [&](double value, Qt::Alignment side) {
            p.drawText(QRectF(12, 28, width() - 24, 16), side | Qt::AlignVCenter, StudyWords::number(value, 2));
        };
        label(low, Qt::AlignLeft);
        label(high, Qt::AlignRight);
    }

private:
    const ValueListModel& m_model;
};

namespace {

// The number with a bar from zero behind it; the best and the worst carry a mark of their own shape.
class BarDelegate : public QStyledItemDelegate {
public:
    BarDelegate(const ValueListModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = Theme::of(option.widget);
        const ValueRow& row = *m_model.row(index);
        painter->save();
        if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme.selection);
        else if (option.state & QStyle::State_MouseOver) painter->fillRect(option.rect, theme.hover);
        const double range = m_model.high() - m_model.low();
        if (range > 0 && std::isfinite(row.value)) {
            const QRectF place(option.rect.left() + 4, option.rect.top() + 5, option.rect.width() - 76,
                               option.rect.height() - 10);
            const auto x = [&](double value) { return place.left() + place.width() * (value - m_model.low()) / range; };
            const double from = std::min(x(0), x(row.value)), to = std::max(x(0), x(row.value));
            painter->fillRect(QRectF(from, place.top(), std::max(1.0, to - from), place.height()),
                              Theme::alpha(theme.accent, 0.30));
            if (row.reference) {
                painter->setPen(Theme::pen(theme.muted, 1.5));
                painter->drawLine(QPointF(x(*row.reference), place.top()), QPointF(x(*row.reference), place.bottom()));
            }
        }
        painter->setFont(theme.font(12, row.mark > 0 ? QFont::Bold : QFont::Normal));
        painter->setPen(theme.text);
        painter->drawText(option.rect.adjusted(0, 0, m_model.marked() ? -24 : -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data().toString());
        if (row.mark != 0)
            painter->drawPixmap(option.rect.right() - 18, option.rect.center().y() - 6,
                                iconPixmap(row.mark > 0 ? QStringLiteral("tick") : QStringLiteral("chevron-down"),
                                           row.mark > 0 ? theme.ok : theme.danger, 14,
                                           painter->device()->devicePixelRatioF()));
        painter->restore();
    }

private:
    const ValueListModel& m_model;
};

} // namespace

ValueList::ValueList(QWidget* parent)
    : QWidget(parent), m_model(new ValueListModel(this)), m_strip(new ValueStrip(*m_model, this)),
      m_table(new QTableView(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_table, 1);
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(ValueListModel::Value, new BarDelegate(*m_model, m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metrics::kListRow);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setFont(Theme::of(this).font(12));
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setWordWrap(false);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(ValueListModel::Name, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ValueListModel::Value, QHeaderView::Stretch);
    header->setSectionResizeMode(ValueListModel::Reference, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ValueListModel::Note, QHeaderView::ResizeToContents);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (const ValueRow* row = m_model->row(index); row && !m_quiet) emit rowChosen(row->id);
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const ValueRow* row = m_model->row(index)) emit rowActivated(row->id);
    });
}

void ValueList::setHeadings(const QString& name, const QString& value, const QString& reference, const QString& note) {
    m_model->setHeadings({name, value, reference, note});
    m_table->setColumnHidden(ValueListModel::Reference, reference.isEmpty());
    m_table->setColumnHidden(ValueListModel::Note, note.isEmpty());
}

void ValueList::setRows(std::vector<ValueRow> rows, int decimals, bool sorted, bool highFirst) {
    if (sorted)
        std::stable_sort(rows.begin(), rows.end(), [highFirst](const ValueRow& a, const ValueRow& b) {
            if (std::isnan(a.value) || std::isnan(b.value)) return !std::isnan(a.value) && std::isnan(b.value);
            return highFirst ? a.value > b.value : a.value < b.value;
        });
    m_quiet = true;
    m_model->set(std::move(rows), decimals);
    m_quiet = false;
    m_strip->update();
}

void ValueList::choose(int id) {
    m_quiet = true;
    for (std::size_t i = 0; i < m_model->rows().size(); ++i)
        if (m_model->rows()[i].id == id) m_table->selectRow(static_cast<int>(i));
    m_quiet = false;
}

int ValueList::chosen() const {
    const ValueRow* row = m_model->row(m_table->currentIndex());
    return row ? row->id : -1;
}

int ValueList::count() const {
    return m_model->rowCount();
}

} // namespace emc
