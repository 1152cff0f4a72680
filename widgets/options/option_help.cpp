#include "widgets/options/option_help.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/common/theme.h"
#include "widgets/options/option_rows.h"

namespace emc {

OptionHelp::OptionHelp(QWidget* parent) : QFrame(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(3);
    auto* top = new QHBoxLayout;
    m_title = new QLabel(this);
    m_key = new QLabel(this);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(32);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    top->addWidget(m_title);
    top->addStretch();
    top->addWidget(m_key);
    layout->addLayout(top);
    layout->addWidget(m_text);
}

void OptionHelp::describe(const FormRow* row) {
    m_title->setText(row ? row->label() : tr("Options"));
    m_key->setText(row ? QString::fromStdString(row->info.key) : QString());
    m_text->setText(row ? row->helpText() : tr("Choose a row to read what it does."));
}

void OptionHelp::applyTheme(const Theme& theme) {
    m_key->setFont(theme.mono(11));
    m_text->setFont(theme.font(11));
    m_title->setFont(theme.font(12, QFont::DemiBold));
    for (QLabel* label : {m_key, m_text}) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme.muted);
        label->setPalette(palette);
    }
}

} // namespace emc
