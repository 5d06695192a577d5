/** @file How components reach the stores: handed down by a context. */
import { createContext, use } from 'react';
import type { Services } from '../state/services.ts';

export const ServicesContext = createContext<Services | null>(null);

/** The stores of this window. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('No services here: render this component inside <ServicesContext value={createServices(…)}>.');
  return services;
}
