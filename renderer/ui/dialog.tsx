import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
  /** For what is looked at beside a list. */
  readonly isLarge?: boolean;
  /** Asks for a decision: read out at once, and not closed by a click beside it. */
  readonly isAlert?: boolean;
}

export function Dialog({ title, onClose, children, actions, isWide = false, isLarge = false, isAlert = false }: DialogProps) {
  return (
    <ModalOverlay className="modal-veil" isOpen isDismissable={!isAlert} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className={isLarge ? 'modal large' : isWide ? 'modal wide' : 'modal'}>
        <AriaDialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
