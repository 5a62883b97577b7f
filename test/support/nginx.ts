import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where Debian's package puts it. */
const PROGRAM = '/usr/sbin/nginx'

/** Whether tests behind a proxy can run. With `CI` they do, and fail where there is none. */
export const hasNginx = (): boolean => existsSync(PROGRAM) || Boolean(process.env['CI'])

export interface Nginx {
  readonly url: string
  remove(): Promise<void>
}

export interface NginxOptions {
  readonly port: number
  /** Of the servers behind it, which take requests in turn. */
  readonly upstreams: readonly string[]
}

/** A proxy as an operator would set it up, which tells from where requests came. */
export async function startNginx({ port, upstreams }: NginxOptions): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'portress-nginx-'))
  mkdirSync(join(folder, 'temporary'))
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, { port, upstreams }))
  const proxy: ChildProcess = spawn(PROGRAM, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'ignore' })
  process.once('exit', () => proxy.kill('SIGTERM'))
  await untilOpen(port)
  return {
    url: `http://127.0.0.1:${port}`,
    async remove() {
      const exit = once(proxy, 'exit')
      proxy.kill('SIGTERM')
      await exit
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configuration(folder: string, { port, upstreams }: NginxOptions): string {
  const servers = upstreams.map((url) => `server ${new URL(url).host} max_fails=1 fail_timeout=1s;`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(folder, 'temporary', kind)};`,
  )
  return `
    daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')};
    events { worker_connections 512; }
    http {
      access_log off; ${temporary.join(' ')}
      upstream nodes { ${servers.join(' ')} keepalive 16; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://nodes; proxy_http_version 1.1;
          proxy_set_header Connection ""; proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }
      }
    }`
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return
    } catch (error) {
      if (tries === MAX_TRIES) throw error
      await sleep(20)
    } finally {
      socket.destroy()
    }
  }
}

const MAX_TRIES = 500
