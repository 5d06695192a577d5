/** @file A fault in what is drawn must not cost the document: it lies in a store outside React, and can be saved from here. */
import { Component, type ReactNode } from 'react';
import { writeDocument } from '../../core/document/index.ts';
import type { DocumentStore } from '../state/document/store.ts';
import type { Place } from '../state/session/store.ts';

interface ErrorBoundaryProps {
  readonly document: DocumentStore<Place>;
  /** Before the window is drawn again: what is open over it may be at fault. */
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="fault" role="alert">
        <h1>The editor met a fault</h1>
        <p>Your model is safe. Draw the window again; if the fault stays, undo the last change first, or download the model.</p>
        <pre>{error.message}</pre>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => this.download()}>
            Download the model
          </button>
          <button type="button" className="button" onClick={() => this.retry(true)}>
            Undo and draw again
          </button>
          <button type="button" className="button primary" onClick={() => this.retry(false)}>
            Draw again
          </button>
        </div>
      </main>
    );
  }

  private retry(undoFirst: boolean): void {
    if (undoFirst) this.props.document.undo();
    this.props.onRetry();
    this.setState({ error: null });
  }

  private download(): void {
    const { document: model } = this.props.document.getState();
    const address = URL.createObjectURL(new Blob([writeDocument(model)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${model.name}.espalier`;
    link.click();
    URL.revokeObjectURL(address);
  }
}
