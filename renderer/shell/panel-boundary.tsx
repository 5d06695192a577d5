/** @file A fault in what one panel draws stays in its place: the rest of the window works on. */
import { Component, type ReactNode } from 'react';
import { messageOf } from '../state/or-tell.ts';
import { Button } from '../ui/button.tsx';

interface PanelBoundaryProps {
  readonly title: string;
  readonly children: ReactNode;
}

interface PanelBoundaryState {
  readonly fault: string | null;
}

export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { fault: null };

  static getDerivedStateFromError(error: unknown): PanelBoundaryState {
    return { fault: messageOf(error) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <div className="panel-fault" role="alert">
        <p>
          <strong>{this.props.title} cannot be shown at the moment.</strong> Your model and the rest of the window are not affected.
        </p>
        <p className="panel-fault-message">{fault}</p>
        <Button size="small" onPress={() => this.setState({ fault: null })}>
          Try again
        </Button>
      </div>
    );
  }
}
